import { plus } from '../instant.ts';
import { type IncidentEventBody, IncidentRole } from './events.ts';
import {
  type Incident,
  isLadderHeld,
  isLadderStill,
  isMitigated,
  isOver,
  type LinkedRun,
  nextRung,
  runsOf,
  servicesToRollBack,
} from './incident.ts';
import { callsPeopleIn } from './on-it.ts';

/** How long before an update is due somebody is asked for it; never before half of the time has gone. */
const ASK_BEFORE_MS = 5 * 60_000;
const ROLES_AGAIN_MS = 10 * 60_000;

/** Something that time alone brings about: when, and to what it leads then. */
type Due = { readonly at: string; readonly events: (now: string) => readonly IncidentEventBody[] };

/** When time will next bring about something (ISO, in the past where it should have), or undefined: never. */
export function nextDue(incident: Incident): string | undefined {
  return allDue(incident)
    .map(({ at }) => at)
    .toSorted()[0];
}

/** What time has brought about by now, earliest first; nothing where it is too early or was done already. */
export function decideDue(incident: Incident, now: string): readonly IncidentEventBody[] {
  const first = allDue(incident)
    .filter(({ at }) => at <= now)
    .toSorted((a, b) => (a.at === b.at ? 0 : a.at < b.at ? -1 : 1))[0];
  return first?.events(now) ?? [];
}

function allDue(incident: Incident): readonly Due[] {
  if (incident.status === 'closed') return [];
  if (isOver(incident)) return closing(incident);
  return [
    ...response(incident),
    ...ladder(incident),
    ...unclaimedRoles(incident),
    ...updates(incident),
    ...automaticRollback(incident),
    ...decision(incident),
  ];
}

const closing = ({ resolution }: Incident): readonly Due[] =>
  resolution === null
    ? []
    : [{ at: resolution.closesAt, events: () => [{ type: 'incident.closed', payload: {} }] }];

/** Not acknowledged in time: the ladder's next rung is told at once, unless it stands still or a person holds it. */
function response(incident: Incident): readonly Due[] {
  const { respondBy, acknowledged, responseOverdue } = incident;
  if (respondBy === null || acknowledged !== null || responseOverdue) return [];
  return [
    {
      at: respondBy,
      events: (now) => {
        const rung = nextRung(incident);
        const overdue: IncidentEventBody = { type: 'response.overdue', payload: { respondBy } };
        if (rung === undefined || isLadderStill(incident) || isLadderHeld(incident, now)) return [overdue];
        return [
          overdue,
          { type: 'escalation.reached', payload: { role: rung.role, because: 'not-acknowledged' } },
        ];
      },
    },
  ];
}

function ladder(incident: Incident): readonly Due[] {
  const rung = isLadderStill(incident) ? undefined : nextRung(incident);
  if (rung === undefined) return [];
  const reached: IncidentEventBody = {
    type: 'escalation.reached',
    payload: { role: rung.role, because: 'time' },
  };
  return [{ at: rung.at, events: () => [reached] }];
}

/** Nobody is asked to take roles in one that nobody is called in for. */
function unclaimedRoles(incident: Incident): readonly Due[] {
  const { roles, rolesAskedAgain, declaredAt } = incident;
  const unclaimed = IncidentRole.options.filter((role) => roles[role] === null);
  if (rolesAskedAgain || unclaimed.length === 0 || !callsPeopleIn(incident)) return [];
  const asked: IncidentEventBody = { type: 'roles.asked-again', payload: { roles: unclaimed } };
  return [{ at: plus(declaredAt, ROLES_AGAIN_MS), events: () => [asked] }];
}

function updates({ updateDueAt, updateAsked, updateEveryMs }: Incident): readonly Due[] {
  if (updateDueAt === null || updateEveryMs === null) return [];
  const askAt = plus(updateDueAt, -Math.min(ASK_BEFORE_MS, updateEveryMs / 2));
  const missed: Due = {
    at: updateDueAt,
    events: (now) => {
      const next = plus(updateDueAt, updateEveryMs);
      // After an outage one update is enough for all that were due meanwhile.
      const updateDue = next > now ? next : plus(now, updateEveryMs);
      return [{ type: 'update.missed', payload: { dueAt: updateDueAt, updateDueAt: updateDue } }];
    },
  };
  const asked: Due = {
    at: askAt,
    events: (now) =>
      now < updateDueAt ? [{ type: 'update.asked', payload: { dueAt: updateDueAt } }] : missed.events(now),
  };
  return [updateAsked ? missed : asked];
}

/** Of what is hit; where nobody has said what is, all. */
const runsOfHit = (incident: Incident): readonly LinkedRun[] =>
  incident.services.length === 0
    ? incident.runs
    : incident.services.flatMap((service) => runsOf(incident, service));

/** Warned, and then triggered; never while held, mitigated or over, nor where every service's rollback was started. */
function automaticRollback(incident: Incident): readonly Due[] {
  const automatic = incident.automaticRollback;
  if (automatic === null || automatic.outcome !== 'planned') return [];
  if (automatic.held !== null || isMitigated(incident)) return [];
  const begun = runsOfHit(incident).find(({ status }) => status === null || status === 'succeeded');
  const start: Due = {
    at: automatic.at,
    events: () => [
      begun === undefined || servicesToRollBack(incident).length > 0
        ? { type: 'rollback.triggered', payload: { rule: 'automatic' } }
        : { type: 'rollback.stood-down', payload: { run: begun.run } },
    ],
  };
  const warnAt = automatic.warnAt[0];
  if (warnAt === undefined || warnAt >= automatic.at) return [start];
  const warning: Due = {
    at: warnAt,
    events: (now) => {
      if (now >= automatic.at) return start.events(now);
      // Warnings that are due together are told as one.
      const latest = automatic.warnAt.findLast((at) => at <= now) ?? warnAt;
      return [{ type: 'rollback.warned', payload: { startsAt: automatic.at, warnAt: latest } }];
    },
  };
  return [warning];
}

function decision(incident: Incident): readonly Due[] {
  const { decideBy, decisionAsked, runs } = incident;
  if (decideBy === null || decisionAsked || runs.length > 0 || isMitigated(incident)) return [];
  return [{ at: decideBy, events: () => [{ type: 'decision.due', payload: {} }] }];
}
