import type { Actor } from '../../domain/actor.ts';
import { shortName } from '../../domain/git/git-facts.ts';
import { moveOf } from '../../domain/incident/deployed.ts';
import type { IncidentEvent } from '../../domain/incident/events.ts';
import {
  type Incident,
  isLadderStill,
  isMitigated,
  nextRung,
  servicesToRollBack,
} from '../../domain/incident/incident.ts';
import { writerOf } from '../../domain/incident/on-it.ts';
import { runsThatHold } from '../../domain/incident/rollback-verified.ts';
import { titleOfPart, titleOfPlan } from '../../domain/plan/title-of-plan.ts';
import { isUnproven } from '../../domain/run/proof.ts';
import type { Team } from '../../domain/team/team.ts';
import type { IncidentMessage } from '../reactions/incident-message-data.ts';
import type { IncidentMoment } from '../streams/incident-moment.ts';
import { standing } from './incident-standing.ts';

const NAMED = 6;
const RUNS = 10;
const STEPS = 10;

/** What a notice says that is in no event: who is behind a role, where the card stands, which incident is alike. */
export type NoticeContext = {
  readonly team: Pick<Team, 'channels' | 'services' | 'severities'>;
  /** User and user group ids of the role that is called in. */
  readonly people: readonly string[];
  readonly groupsUnsure: boolean;
  readonly direct: boolean;
  /** A link to the incident's card, or ''. */
  readonly link: string;
  /** One that may be the same, or that this one was merged into. */
  readonly other: Incident | undefined;
  /** Whether stakeholders have a post of the one that this one was merged into. */
  readonly goesOn: boolean;
};

/** What happened to an incident, as the templates see it: the incident as it was at that moment. */
export function incidentMessage(moment: IncidentMoment, context: NoticeContext): IncidentMessage {
  const { incident, event } = moment;
  const { team } = context;
  return {
    incident: incident.id,
    title: incident.title,
    severity: incident.severity,
    severityTitle: team.severities[incident.severity]?.title ?? '',
    criteria: team.severities[incident.severity]?.criteria ?? '',
    decision: team.severities[incident.severity]?.rollback.decision ?? '',
    status: incident.status,
    services: incident.services.map((service) => titleOf(service, team)),
    impact: incident.impact,
    usersAffected: incident.usersAffected === null ? '' : String(incident.usersAffected),
    startedAt: incident.startedAt,
    declaredBy: userOf(incident.declaredBy),
    declaredAt: incident.declaredAt,
    acknowledgedBy: userOf(incident.acknowledged?.by),
    acknowledgedAt: incident.acknowledged?.at ?? '',
    respondBy: incident.respondBy ?? '',
    by: userOf(event.actor),
    elapsedMs: Math.max(0, Date.parse(event.at) - Date.parse(incident.startedAt)),
    channel: team.channels.incidents,
    link: context.link,
    direct: context.direct,
    ...people(incident),
    ...standing(moment, team),
    ...givenRoles(moment),
    goesOn: context.goesOn,
    ...updates(incident, event),
    ...escalation(incident, event, context),
    ...rollback(incident, event, team),
    ...others(event, context.other),
    ...report(incident, event, team),
    ...said(event),
    ...resolution(incident),
    runs: runsSince(moment, team),
    back: back(moment, team),
  };
}

const people = (incident: Incident) => ({
  commander: incident.roles.commander ?? '',
  communications: incident.roles.communications ?? '',
  scribe: incident.roles.scribe ?? '',
  subjectExpert: incident.roles['subject-expert'] ?? '',
  asked: writerOf(incident) ?? '',
});

const updates = ({ lastUpdate, updateDueAt, updateEveryMs }: Incident, event: IncidentEvent) => ({
  automatic: event.type === 'update.missed',
  done: lastUpdate?.done ?? '',
  next: lastUpdate?.next ?? '',
  eta: lastUpdate?.eta ?? '',
  lastUpdateBy: userOf(lastUpdate?.by),
  lastUpdateAt: lastUpdate?.at ?? '',
  updateDueAt: updateDueAt ?? '',
  updateEveryMs: updateEveryMs ?? 0,
});

function escalation(incident: Incident, event: IncidentEvent, context: NoticeContext) {
  const next = isLadderStill(incident) ? undefined : nextRung(incident);
  const reached = event.type === 'escalation.reached' ? event.payload : undefined;
  return {
    nextRole: next?.role ?? '',
    nextRoleAt: next?.at ?? '',
    escalationRole: reached?.role ?? '',
    because: reached?.because ?? '',
    people: context.people.slice(0, NAMED),
    peopleMore: Math.max(0, context.people.length - NAMED),
    groupsUnsure: context.groupsUnsure,
    heldUntil: event.type === 'escalation.held' ? event.payload.until : '',
  };
}

function rollback(incident: Incident, event: IncidentEvent, team: Pick<Team, 'services'>) {
  const { automaticRollback: automatic, decideBy } = incident;
  const planned = automatic?.outcome === 'planned' && automatic.held === null && !isMitigated(incident);
  const rollbackAt = planned ? automatic.at : '';
  const blocked = event.type === 'rollback.blocked' ? event.payload : undefined;
  return {
    rollbackAt,
    rollbackInMs: planned ? Math.max(0, Date.parse(rollbackAt) - Date.parse(event.at)) : 0,
    ...moves(incident, team),
    ...movedOn(incident, event, team),
    run: event.type === 'rollback.stood-down' ? event.payload.run : '',
    runBegun:
      event.type === 'rollback.stood-down' &&
      incident.runs.some(({ run, begun }) => run === event.payload.run && begun),
    blockedService: blocked === undefined ? '' : titleOf(blocked.service, team),
    blockedWhy: blocked?.why ?? '',
    blockedMove: blocked === undefined ? '' : moveText(incident, blocked.service),
    decideBy: decideBy ?? '',
  };
}

function moveText(incident: Incident, service: string): string {
  const { from, to } = moveOf(incident, service);
  return from === '' || to === '' ? '' : `${from} → ${to}`;
}

function moves(incident: Incident, team: Pick<Team, 'services'>) {
  const services = servicesToRollBack(incident).map((service) => ({
    title: titleOf(service, team),
    move: moveText(incident, service),
  }));
  return {
    moves: services.map(({ title, move }) => `${title} ${move === '' ? '(version not known)' : move}`),
    moveUnknown: services.some(({ move }) => move === ''),
  };
}

function movedOn({ deployed }: Incident, event: IncidentEvent, team: Pick<Team, 'services'>) {
  if (event.type !== 'deployed.moved') return { movedService: '', movedFrom: '', movedTo: '' };
  const { service, version } = event.payload;
  const before = deployed[service]?.version;
  return {
    movedService: titleOf(service, team),
    movedFrom: before === undefined ? '' : shortName(before),
    movedTo: shortName(version),
  };
}

function others(event: IncidentEvent, other: Incident | undefined) {
  const absorbed = event.type === 'incident.absorbed' ? event.payload : undefined;
  const into = event.type === 'incident.merged' ? event.payload.into : undefined;
  const unmerged = event.type === 'incident.unmerged' ? event.payload : undefined;
  return {
    other: absorbed?.from ?? into ?? unmerged?.from ?? other?.id ?? '',
    mergeOver: unmerged?.because === 'over',
    otherTitle: absorbed?.title ?? other?.title ?? '',
    otherDeclaredBy: userOf(other?.declaredBy),
    otherDeclaredAt: other?.declaredAt ?? '',
  };
}

function report(incident: Incident, event: IncidentEvent, team: Pick<Team, 'services'>) {
  const again = event.type === 'incident.reported-again' ? event.payload : undefined;
  return {
    reportTitle: again?.title ?? '',
    reportImpact: again?.impact ?? '',
    reportSeverity: again !== undefined && again.severity < incident.severity ? again.severity : '',
    servicesAdded: (again?.services ?? []).map((service) => titleOf(service, team)),
  };
}

const said = (event: IncidentEvent) => ({
  reason: 'reason' in event.payload ? event.payload.reason : '',
  previousSeverity: event.type === 'severity.changed' ? event.payload.from : '',
  unclaimed: event.type === 'roles.asked-again' ? [...event.payload.roles] : [],
  incomplete: event.type === 'channel.incomplete' ? [...event.payload.what] : [],
});

const resolution = ({ resolution: ended }: Incident) => ({
  summary: ended?.summary ?? '',
  closesAt: ended?.closesAt ?? '',
});

/** Runs that go on, and those that ended since people last heard. */
function runsSince({ runs, heardAt }: IncidentMoment, team: Pick<Team, 'services'>): IncidentMessage['runs'] {
  return runs
    .filter(({ endedAt }) => endedAt === null || endedAt >= heardAt)
    .slice(-RUNS)
    .map((run) => {
      const steps = run.steps.filter(
        ({ startedAt, finishedAt }) => (finishedAt ?? startedAt ?? '') >= heardAt,
      );
      return {
        run: run.id,
        service: titleOfPlan(run.plan, team),
        status: isUnproven(run) ? 'unproven' : run.status,
        steps: steps.slice(-STEPS).map(({ plan, status }) => ({ title: plan.title, status })),
        stepsBefore: Math.max(0, steps.length - STEPS),
      };
    });
}

function back({ incident, runs }: IncidentMoment, team: Pick<Team, 'services'>): IncidentMessage['back'] {
  if (incident.rolledBack === null) return [];
  return runsThatHold(incident).map((held) => ({
    service: titleOfPart(held, team),
    version: held.target,
    since: runs.find(({ id }) => id === held.run)?.endedAt ?? held.settledAt ?? '',
  }));
}

function givenRoles({ event, rolesGiven }: IncidentMoment) {
  const holder =
    event.type === 'role.taken'
      ? event.payload.user
      : event.type === 'incident.declared'
        ? event.payload.commander
        : null;
  return {
    rolesGiven: [...rolesGiven],
    roleHolder: holder ?? '',
    rolePassedOn: event.type === 'role.taken' ? event.payload.role : '',
  };
}

const titleOf = (service: string, team: Pick<Team, 'services'>): string =>
  team.services[service]?.title ?? service;

const userOf = (actor: Actor | undefined): string => (actor?.kind === 'user' ? actor.id : '');
