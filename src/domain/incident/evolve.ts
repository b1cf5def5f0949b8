import { movedOn, noted } from './deployed.ts';
import type { IncidentEvent, IncidentEventBody } from './events.ts';
import { changeAutomatic, standDownIfNeedless } from './evolve/automatic-rollback.ts';
import { afterHold, held, reached, released, withoutTold } from './evolve/ladder.ts';
import { absorbed, reportedAgain, unmerged } from './evolve/merge.ts';
import { mitigation } from './evolve/mitigation.ts';
import { afterSeverity, takenUp } from './evolve/rolled-back.ts';
import { began, linked, settled } from './evolve/runs.ts';
import { scheduled, sooner } from './evolve/schedule.ts';
import type { Incident } from './incident.ts';

/** State after one more event. The first event of a stream is `incident.declared`. */
export function evolveIncident(incident: Incident | undefined, event: IncidentEvent): Incident {
  if (event.type === 'incident.declared') return firstState(event);
  if (incident === undefined) throw new Error(`${event.stream}: ${event.type} before incident.declared`);
  const lastActivityAt = isActivity(event) ? event.at : incident.lastActivityAt;
  return { ...change(incident, event), version: event.version, lastActivityAt };
}

/** How an incident will stand once this has happened to it, before it is appended; `at` in ISO. */
export const evolvedBy = (
  incident: Incident,
  bodies: readonly IncidentEventBody[],
  { at, actor }: Pick<IncidentEvent, 'at' | 'actor'>,
): Incident =>
  bodies.reduce((state, body) => {
    const version = state.version + 1;
    return evolveIncident(state, {
      ...{ id: `${state.id}-${version}`, stream: state.id, version, at, actor },
      ...body,
    });
  }, incident);

/** State of a whole stream, or undefined of an empty one. */
export function foldIncident(events: readonly IncidentEvent[]): Incident | undefined {
  return events.reduce<Incident | undefined>(evolveIncident, undefined);
}

/** Not what Walkback says by itself: an incident that everybody has forgotten is reminded of, too. */
const isActivity = ({ type, actor }: IncidentEvent): boolean =>
  actor.kind === 'user' ? type !== 'press.refused' : ACTIVE_BY_ITSELF.includes(type);

const ACTIVE_BY_ITSELF: readonly IncidentEvent['type'][] = [
  'escalation.reached',
  'rollback.triggered',
  'run.linked',
  'run.settled',
];

function firstState(event: IncidentEvent & { type: 'incident.declared' }): Incident {
  const { title, severity, services, impact, usersAffected, startedAt } = event.payload;
  const { commander, source, schedule, distinctFrom } = event.payload;
  return {
    id: event.stream,
    version: event.version,
    status: 'investigating',
    ...{ title, severity, services, impact, usersAffected, startedAt, source, distinctFrom },
    reports: [],
    lastActivityAt: event.at,
    declaredBy: event.actor,
    declaredAt: event.at,
    acknowledged: null,
    roles: { commander, communications: null, scribe: null, 'subject-expert': null },
    rolesAskedAgain: false,
    mitigatedSince: null,
    rolledBack: null,
    ladderHold: null,
    lastUpdate: null,
    lastToldAt: event.at,
    ...scheduled(schedule),
    ladder: schedule.ladder.map((rung) => ({ ...rung, reachedAt: null })),
    runs: [],
    deployed: {},
    deployedAsOf: event.at,
    channel: null,
    mergedInto: null,
    absorbed: [],
    resolution: null,
  };
}

function change(incident: Incident, event: Exclude<IncidentEvent, { type: 'incident.declared' }>): Incident {
  const { at, actor: by } = event;
  switch (event.type) {
    case 'incident.reported-again':
      return reportedAgain(incident, event);
    case 'incident.acknowledged':
      return { ...incident, acknowledged: { by, at } };
    case 'incident.updated': {
      const { updateDueAt, ...update } = event.payload;
      return {
        ...mitigation(takenUp(incident, at), update.status, at),
        status: update.status,
        lastUpdate: { ...update, by, at },
        lastToldAt: at,
        updateDueAt,
        updateAsked: false,
      };
    }
    case 'update.asked':
      return { ...incident, updateAsked: true };
    case 'update.missed':
      return { ...incident, lastToldAt: at, updateDueAt: event.payload.updateDueAt, updateAsked: false };
    case 'severity.changed':
      return {
        ...incident,
        severity: event.payload.to,
        ...scheduled(event.payload.schedule),
        ...sooner(incident, event.payload.schedule),
        ladder: afterHold(incident, withoutTold(incident, event.payload.schedule), at),
        rolledBack: afterSeverity(incident, event),
        mitigatedSince: incident.mitigatedSince === null ? null : at,
      };
    case 'role.taken':
      return { ...incident, roles: { ...incident.roles, [event.payload.role]: event.payload.user } };
    case 'roles.asked-again':
      return { ...incident, rolesAskedAgain: true };
    case 'response.overdue':
      return { ...incident, responseOverdue: true };
    case 'escalation.reached':
      return { ...incident, ladder: reached(incident, event.payload.role, at) };
    case 'escalation.held':
      return {
        ...incident,
        ladderHold: { by, ...event.payload },
        ladder: held(incident, event),
      };
    case 'escalation.released':
      return { ...incident, ladderHold: null, ladder: released(incident, at) };
    case 'rollback.warned':
      return changeAutomatic(incident, (automatic) => ({
        ...automatic,
        warnAt: automatic.warnAt.filter((warnAt) => warnAt > event.payload.warnAt),
      }));
    case 'rollback.held':
      return changeAutomatic(incident, (automatic) => ({
        ...automatic,
        held: { by, at, reason: event.payload.reason },
      }));
    case 'rollback.released':
      return changeAutomatic(incident, (automatic) => ({
        ...automatic,
        held: null,
        at: event.payload.startsAt,
        // That it starts after all is said with the release.
        warnAt: automatic.warnAt.filter((warnAt) => warnAt > at),
      }));
    case 'rollback.triggered':
      return changeAutomatic(incident, (automatic) => ({ ...automatic, held: null, outcome: 'triggered' }));
    case 'rollback.stood-down':
      return changeAutomatic(incident, (automatic) => ({
        ...automatic,
        outcome: 'stood-down',
        madeWayFor: event.payload.run,
      }));
    case 'rollback.blocked':
      return changeAutomatic(incident, (automatic) => ({
        ...automatic,
        blocked: [...automatic.blocked, { ...event.payload, at }],
      }));
    case 'deployed.noted':
      return noted(incident, event);
    case 'deployed.moved':
      return standDownIfNeedless(movedOn(incident, event));
    case 'decision.due':
      return { ...incident, decisionAsked: true };
    case 'run.linked':
      return linked(incident, event);
    case 'run.began':
      return began(incident, event);
    case 'run.settled':
      return settled(incident, event);
    case 'rollback.verified':
      return { ...incident, rolledBack: { at, stillSince: at } };
    case 'rollback.unverified':
      return takenUp(incident, at);
    case 'channel.opened':
      return { ...incident, channel: event.payload.channel };
    case 'incident.merged':
      return { ...incident, status: 'closed', mergedInto: event.payload.into };
    case 'incident.resolved':
      return {
        ...incident,
        status: 'resolved',
        ladderHold: null,
        rolledBack: null,
        resolution: { by, at, ...event.payload },
      };
    case 'incident.reopened':
      return {
        ...incident,
        status: 'investigating',
        resolution: null,
        mitigatedSince: null,
        rolledBack: null,
        lastToldAt: at,
        deployed: {},
        deployedAsOf: at,
        ...scheduled(event.payload.schedule),
        ladder: withoutTold(incident, event.payload.schedule),
      };
    case 'incident.closed':
      return { ...incident, status: 'closed' };
    case 'incident.unmerged':
      return unmerged(incident);
    case 'incident.absorbed':
      return absorbed(incident, event);
    case 'timeline.noted':
    case 'channel.incomplete':
    case 'press.refused':
      return incident;
  }
}
