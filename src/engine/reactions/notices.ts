import { z } from 'zod';
import { servicesToRollBack } from '../../domain/incident/incident.ts';
import { currentStep, hasStarted, isHalted, type Run } from '../../domain/run/run.ts';
import type { IncidentMoment } from '../streams/incident-moment.ts';

/** Where a message about a run goes. Seniors: those who may break the glass, each told directly. */
export type RunPlace = 'thread' | 'incidents' | 'stakeholders' | 'deployments' | 'seniors';

/**
 * Where a message about an incident goes. People: those behind the role that is called in, each told directly.
 * Source: the thread of the message that it was declared from.
 */
export type IncidentPlace = 'thread' | 'stakeholders' | 'people' | 'source';

/** What people can do right where they are told. */
export type NoticeButtons =
  | 'acknowledge'
  | 'write-update'
  | 'roles'
  | 'hold-or-go'
  | 'start-rollback'
  | 'merge';

type RunNotice = {
  readonly to: (run: Run) => readonly RunPlace[];
  /** With the buttons to answer the step that the run waits at. */
  readonly withAnswers?: true;
};
type IncidentNotice = {
  readonly to: (moment: IncidentMoment) => readonly IncidentPlace[];
  readonly buttons?: NoticeButtons;
  /** It is said only where another incident may be the same. */
  readonly needsSimilar?: true;
};

const needsAnswer = (run: Run): boolean =>
  run.status === 'waiting' && (currentStep(run)?.waitingUntil ?? null) === null;

const inThread = (): readonly ['thread'] => ['thread'];

/** Messages about a run that are posted exactly once. Each has a template of the same name, which is given a RunMessage. */
export const runNotices = {
  'approval-needed-again': { to: inThread },
  'approval-raised': { to: inThread },
  'glass-broken': { to: () => ['thread', 'incidents', 'seniors'] },
  'rollback-started': { to: inThread },
  'rollback-notification': { to: () => ['stakeholders'] },
  'rollback-completed': { to: () => ['thread', 'deployments'] },
  // Whoever was not told that it began need not be told that it is over.
  'rollback-outcome': { to: (run) => (hasStarted(run) ? ['stakeholders'] : []) },
  'rollback-ended': { to: inThread },
  // Nothing while it is tried again by itself: the card says so.
  'start-needs-person': { to: (run) => (isHalted(run) ? ['thread'] : []), withAnswers: true },
  // Not once somebody has answered.
  'step-needs-person': { to: (run) => (needsAnswer(run) ? ['thread'] : []), withAnswers: true },
} as const satisfies Readonly<Record<string, RunNotice>>;

/** The same about an incident; their templates are given an IncidentMessage. */
export const incidentNotices = {
  'incident-declared': { to: inThread },
  'declared-from-here': { to: () => ['source'] },
  'possible-duplicate': { to: inThread, buttons: 'merge', needsSimilar: true },
  'incident-update': { to: inThread },
  'stakeholder-update': { to: (moment) => (tellsStakeholders(moment) ? ['stakeholders'] : []) },
  'update-asked': { to: inThread, buttons: 'write-update' },
  escalation: { to: () => ['thread', 'people'], buttons: 'acknowledge' },
  'escalation-held': { to: inThread },
  'response-overdue': { to: inThread, buttons: 'acknowledge' },
  'roles-asked-again': { to: inThread, buttons: 'roles' },
  'severity-changed': { to: inThread },
  // Not where nothing is left of it by now.
  'rollback-warning': {
    to: ({ incident }) =>
      incident.services.length > 0 && servicesToRollBack(incident).length === 0 ? [] : ['thread'],
    buttons: 'hold-or-go',
  },
  'rollback-held': { to: inThread, buttons: 'hold-or-go' },
  'rollback-stood-down': { to: inThread, buttons: 'start-rollback' },
  'rollback-blocked': { to: inThread, buttons: 'start-rollback' },
  'decision-due': { to: inThread, buttons: 'start-rollback' },
  'incident-merged': { to: inThread },
  'incident-absorbed': { to: inThread },
  'incident-reopened': { to: inThread },
  'channel-incomplete': { to: inThread },
  // Whoever was told that it began is told when it is over, whatever the severity became meanwhile.
  'all-clear': { to: (moment) => (moment.stakeholdersKnow ? ['thread', 'stakeholders'] : ['thread']) },
} as const satisfies Readonly<Record<string, IncidentNotice>>;

export type RunNoticeName = keyof typeof runNotices;
export type IncidentNoticeName = keyof typeof incidentNotices;
export const RunNoticeName = z.enum(namesOf(runNotices));
export const IncidentNoticeName = z.enum(namesOf(incidentNotices));

/** A notice as its row says, with what it leaves out. */
export const runNotice = (name: RunNoticeName): RunNotice => runNotices[name];
export const incidentNotice = (name: IncidentNoticeName): IncidentNotice => incidentNotices[name];

function tellsStakeholders({ event, incident, stakeholdersKnow }: IncidentMoment): boolean {
  if (event.type === 'severity.changed' && stakeholdersKnow) return false;
  return incident.stakeholders;
}

function namesOf<Name extends string>(table: Readonly<Record<Name, unknown>>): [Name, ...Name[]] {
  return Object.keys(table) as [Name, ...Name[]];
}
