import { z } from 'zod';
import { servicesToRollBack } from '../../domain/incident/incident.ts';
import { currentStep, isHalted, pushedCommit, type Run } from '../../domain/run/run.ts';
import { newsForStakeholders } from '../messages/news-for-stakeholders.ts';
import type { IncidentMoment } from '../streams/incident-moment.ts';

/**
 * Where a message about a run goes. Seniors: those who may break the glass, each told directly. Raised: those who may
 * approve as well by now, where Slack doesn't tell who they are; the others are asked directly.
 */
export type RunPlace = 'thread' | 'incidents' | 'deployments' | 'seniors' | 'raised';

/**
 * People who are told directly, each once; where nobody of them can be reached, the thread is told instead. Called in:
 * those behind a role, but for who is on it already. Told: who was called in so far, or is on it. Lead: the commander, else who acknowledged, else who declared it.
 * Writer: who is to write the update. Role holders: who was given roles by another. Relieved: who had the role before.
 */
export type PeoplePlace = 'called-in' | 'told' | 'lead' | 'writer' | 'role-holder' | 'relieved';

/**
 * Where a message about an incident goes. Stakeholders: the thread under the one post that they have of it. Source: the
 * thread of the message that it was declared from. Channel: its own, where it has one.
 */
export type IncidentPlace = 'thread' | 'stakeholders' | 'source' | 'channel' | PeoplePlace;

/** What people can do right where they are told. */
export type NoticeButtons =
  | 'acknowledge'
  | 'write-update'
  | 'roles'
  | 'hold-or-go'
  | 'take-hold-back'
  | 'set-monitoring'
  | 'roll-back'
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
  /** While it only says the same again, what was said before is edited. */
  readonly editsSame?: true;
};

const needsAnswer = (run: Run): boolean =>
  run.status === 'waiting' && (currentStep(run)?.waitingUntil ?? null) === null;

const inThread = (): readonly ['thread'] => ['thread'];

/** Messages about a run that are posted exactly once. Each has a template of the same name, which is given a RunMessage. */
export const runNotices = {
  'approval-needed-again': { to: inThread },
  'approval-raised': { to: () => ['raised'] },
  'glass-broken': { to: () => ['incidents', 'seniors'] },
  'rollback-completed': { to: () => ['thread', 'deployments'] },
  // What was pushed is what will be deployed next, be it that the run failed.
  'rollback-ended': { to: (run) => (pushedCommit(run) === null ? ['thread'] : ['thread', 'deployments']) },
  // Nothing while it is tried again by itself: the card says so.
  'start-needs-person': { to: (run) => (isHalted(run) ? ['thread'] : []), withAnswers: true },
  // Not once somebody has answered.
  'step-needs-person': { to: (run) => (needsAnswer(run) ? ['thread'] : []), withAnswers: true },
} as const satisfies Readonly<Record<string, RunNotice>>;

/** The same about an incident; their templates are given an IncidentMessage. */
export const incidentNotices = {
  'declared-from-here': { to: () => ['source'] },
  'reported-again': { to: inThread },
  'reported-from-here': { to: () => ['source'] },
  'possible-duplicate': { to: inThread, buttons: 'merge', needsSimilar: true },
  'incident-update': { to: inThread, buttons: 'set-monitoring', editsSame: true },
  'stakeholder-update': {
    to: (moment) => (tellsStakeholders(moment) ? ['stakeholders'] : []),
    editsSame: true,
  },
  'update-asked': { to: () => ['writer'], buttons: 'write-update' },
  escalation: { to: () => ['called-in'], buttons: 'acknowledge' },
  'escalation-held': { to: inThread, buttons: 'take-hold-back' },
  'escalation-released': { to: inThread },
  // Whoever is called in for it hears why.
  'response-overdue': { to: (moment) => (callsSomebodyIn(moment) ? [] : ['lead']), buttons: 'acknowledge' },
  'role-given': { to: () => ['role-holder'] },
  'role-passed-on': { to: () => ['relieved'] },
  'roles-asked-again': { to: () => ['lead'], buttons: 'roles' },
  'severity-changed': { to: inThread },
  // Not where nothing is left of it by now.
  'rollback-warning': {
    to: ({ incident }) =>
      incident.services.length > 0 && servicesToRollBack(incident).length === 0 ? [] : ['thread'],
    buttons: 'hold-or-go',
    editsSame: true,
  },
  'rollback-held': { to: inThread, buttons: 'hold-or-go' },
  'rollback-released': { to: inThread, buttons: 'hold-or-go' },
  'rollback-verified': { to: inThread, buttons: 'set-monitoring' },
  'rollback-stood-down': { to: inThread, buttons: 'roll-back' },
  'rollback-blocked': { to: inThread, buttons: 'roll-back' },
  'decision-due': { to: inThread, buttons: 'roll-back' },
  // Whoever was told of it hears where it goes on.
  'incident-merged': { to: () => ['thread', 'channel', 'source', 'told'] },
  'incident-unmerged': { to: () => ['thread', 'channel', 'told'] },
  'incident-absorbed': { to: inThread },
  'incident-reopened': { to: inThread },
  'channel-incomplete': { to: inThread },
  'all-clear': { to: inThread },
} as const satisfies Readonly<Record<string, IncidentNotice>>;

export type RunNoticeName = keyof typeof runNotices;
export type IncidentNoticeName = keyof typeof incidentNotices;
export const RunNoticeName = z.enum(namesOf(runNotices));
export const IncidentNoticeName = z.enum(namesOf(incidentNotices));

/** A notice as its row says, with what it leaves out. */
export const runNotice = (name: RunNoticeName): RunNotice => runNotices[name];
export const incidentNotice = (name: IncidentNoticeName): IncidentNotice => incidentNotices[name];

const tellsStakeholders = (moment: IncidentMoment): boolean => newsForStakeholders(moment) !== undefined;

const callsSomebodyIn = ({ next }: IncidentMoment): boolean =>
  next?.type === 'escalation.reached' && next.payload.because === 'not-acknowledged';

function namesOf<Name extends string>(table: Readonly<Record<Name, unknown>>): [Name, ...Name[]] {
  return Object.keys(table) as [Name, ...Name[]];
}
