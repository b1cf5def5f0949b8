import type { Person } from '../actor.ts';
import { type Refused, refuse } from '../refusal.ts';
import type { Severity } from '../severity.ts';
import type { IncidentEventBody, IncidentRole, WorkingStatus } from './events.ts';
import { type Incident, isMitigated, isOver, nextRung } from './incident.ts';
import type { Schedule } from './schedule.ts';

/** What a command on an incident leads to: events to append, or a named refusal. */
export type IncidentDecision =
  | { readonly kind: 'accepted'; readonly events: readonly IncidentEventBody[] }
  | Refused;

/** Who asks, what lets them, and when (ISO). */
export type Asking = {
  readonly person: Person;
  /** Roles that may work on incidents; whoever is its commander may as well. */
  readonly mayRespond: readonly string[];
  readonly now: string;
};

const REOPEN_WITHIN_MS = 24 * 3_600_000;

/** Why a person may not work on an incident now, before they are asked for anything; undefined where they may. */
export function refuseToWork(incident: Incident, asking: Asking): Refused | undefined {
  if (isOver(incident)) return refuse({ reason: 'incident-over', status: incident.status });
  return mayNot(incident, asking);
}

export function decideAcknowledge(incident: Incident, asking: Asking): IncidentDecision {
  return (
    refuseToWork(incident, asking) ??
    (incident.acknowledged === null
      ? accept({ type: 'incident.acknowledged', payload: {} })
      : refuse({ reason: 'already-acknowledged', by: incident.acknowledged.by }))
  );
}

/** An update by a person, whenever given, moves the next one; the first also acknowledges. */
export function decideUpdate(
  incident: Incident,
  asking: Asking & {
    readonly status: WorkingStatus;
    readonly done: string;
    readonly next: string;
    readonly eta: string;
  },
): IncidentDecision {
  const blocked = refuseToWork(incident, asking);
  if (blocked) return blocked;
  if (asking.done.trim() === '') return refuse({ reason: 'missing-reason' });
  const updated: IncidentEventBody = {
    type: 'incident.updated',
    payload: {
      status: asking.status,
      done: asking.done.trim(),
      next: asking.next.trim(),
      eta: asking.eta.trim(),
      updateDueAt: plus(asking.now, incident.updateEveryMs),
    },
  };
  return accept(...firstResponse(incident), updated);
}

/** Timers, ladder and cadence follow the new severity from now on. `schedule` is what its policy gives from now. */
export function decideChangeSeverity(
  incident: Incident,
  asking: Asking & { readonly to: Severity; readonly reason: string; readonly schedule: Schedule },
): IncidentDecision {
  const blocked = refuseToWork(incident, asking);
  if (blocked) return blocked;
  const { to, schedule } = asking;
  if (to === incident.severity) return refuse({ reason: 'same-severity', severity: to });
  const reason = asking.reason.trim();
  if (reason === '') return refuse({ reason: 'missing-reason' });
  return accept({ type: 'severity.changed', payload: { from: incident.severity, to, reason, schedule } });
}

export function decideTakeRole(
  incident: Incident,
  asking: Asking & { readonly role: IncidentRole; readonly user: string },
): IncidentDecision {
  const blocked = refuseToWork(incident, asking);
  if (blocked) return blocked;
  const { role, user } = asking;
  if (incident.roles[role] === user) return refuse({ reason: 'role-taken', role, user });
  return accept({ type: 'role.taken', payload: { role, user } });
}

/** The commander stops the ladder for a stated time; what was still to come moves by as much. */
export function decideHoldLadder(
  incident: Incident,
  asking: Asking & { readonly forMs: number; readonly reason: string },
): IncidentDecision {
  const blocked = refuseToWork(incident, asking);
  if (blocked) return blocked;
  if (incident.roles.commander !== asking.person.id) {
    return refuse({ reason: 'not-commander', commander: incident.roles.commander });
  }
  if (asking.reason.trim() === '') return refuse({ reason: 'missing-reason' });
  if (nextRung(incident) === undefined || isMitigated(incident)) return refuse({ reason: 'nothing-to-hold' });
  if (asking.forMs <= 0)
    return refuse({ reason: 'bad-parameter', parameter: 'for', expected: 'a time such as 30m' });
  const until = plus(asking.now, asking.forMs);
  return accept({ type: 'escalation.held', payload: { until, reason: asking.reason.trim() } });
}

/** Stops the automatic rollback until somebody presses Go now. */
export function decideHoldRollback(
  incident: Incident,
  asking: Asking & { readonly reason: string },
): IncidentDecision {
  const blocked = refuseToWork(incident, asking);
  if (blocked) return blocked;
  const automatic = incident.automaticRollback;
  if (automatic === null || automatic.outcome !== 'planned' || automatic.held !== null) {
    return refuse({ reason: 'nothing-to-hold' });
  }
  if (asking.reason.trim() === '') return refuse({ reason: 'missing-reason' });
  return accept({ type: 'rollback.held', payload: { reason: asking.reason.trim() } });
}

/** Starts the automatic rollback before its time. By those alone who may approve one. */
export function decideGoNow(
  incident: Incident,
  asking: Asking & { readonly mayApprove: readonly string[] },
): IncidentDecision {
  if (isOver(incident)) return refuse({ reason: 'incident-over', status: incident.status });
  if (!asking.mayApprove.some((role) => asking.person.roles.includes(role))) {
    return refuse({ reason: 'not-permitted', roles: asking.mayApprove });
  }
  const automatic = incident.automaticRollback;
  if (automatic === null || automatic.outcome !== 'planned' || isMitigated(incident)) {
    return refuse({ reason: 'nothing-to-start' });
  }
  const underWay = incident.services.map((service) => runUnderWay(incident, service));
  const run = underWay[0];
  if (run !== undefined && !underWay.includes(undefined)) return refuse({ reason: 'already-started', run });
  return accept({ type: 'rollback.triggered', payload: { rule: 'go-now' } });
}

/** A triggered rollback could not be started without a person: the ladder's next rung is asked instead, once for all services. */
export function decideRollbackBlocked(
  incident: Incident,
  blocked: { readonly service: string; readonly why: string },
): IncidentDecision {
  const before = incident.automaticRollback?.blocked ?? [];
  if (isOver(incident) || before.includes(blocked.service)) return accept();
  const rung = isMitigated(incident) || before.length > 0 ? undefined : nextRung(incident);
  return accept(
    { type: 'rollback.blocked', payload: blocked },
    ...(rung === undefined
      ? []
      : [
          {
            type: 'escalation.reached' as const,
            payload: { role: rung.role, because: 'rollback-blocked' as const },
          },
        ]),
  );
}

export function decideNote(
  incident: Incident,
  asking: Asking & {
    readonly text: string;
    readonly by: string;
    readonly permalink: string;
    readonly message: { readonly channel: string; readonly ts: string };
  },
): IncidentDecision {
  const blocked = refuseToWork(incident, asking);
  if (blocked) return blocked;
  const { text, by, permalink, message } = asking;
  return accept({ type: 'timeline.noted', payload: { text, by, permalink, message } });
}

/** The same thing was declared twice: this one goes on as the other. */
export function decideMerge(
  incident: Incident,
  asking: Asking & { readonly into: string },
): IncidentDecision {
  const blocked = refuseToWork(incident, asking);
  if (blocked) return blocked;
  if (asking.into === incident.id) return refuse({ reason: 'unknown-incident', incident: asking.into });
  return accept({ type: 'incident.merged', payload: { into: asking.into } });
}

export function decideResolve(
  incident: Incident,
  asking: Asking & { readonly summary: string },
): IncidentDecision {
  const blocked = refuseToWork(incident, asking);
  if (blocked) return blocked;
  const summary = asking.summary.trim();
  if (summary === '') return refuse({ reason: 'missing-reason' });
  const closesAt = plus(asking.now, REOPEN_WITHIN_MS);
  return accept(...firstResponse(incident), { type: 'incident.resolved', payload: { summary, closesAt } });
}

/** Within 24 hours of its resolution. `schedule` is what the severity's policy gives from now. */
export function decideReopen(
  incident: Incident,
  asking: Asking & { readonly reason: string; readonly schedule: Schedule },
): IncidentDecision {
  const { resolution } = incident;
  if (resolution === null) return refuse({ reason: 'not-resolved', status: incident.status });
  if (incident.status === 'closed' || asking.now >= resolution.closesAt) {
    return refuse({ reason: 'incident-closed', at: resolution.closesAt });
  }
  const forbidden = mayNot(incident, asking);
  if (forbidden) return forbidden;
  if (asking.reason.trim() === '') return refuse({ reason: 'missing-reason' });
  const { schedule } = asking;
  return accept({ type: 'incident.reopened', payload: { reason: asking.reason.trim(), schedule } });
}

const runUnderWay = ({ runs }: Incident, service: string): string | undefined =>
  runs.find((linked) => linked.service === service && linked.status === null)?.run;

function mayNot(incident: Incident, { person, mayRespond }: Asking): Refused | undefined {
  if (incident.roles.commander === person.id) return undefined;
  if (mayRespond.some((role) => person.roles.includes(role))) return undefined;
  return refuse({ reason: 'not-permitted', roles: mayRespond });
}

/** Whoever tells what is being done has seen it. */
const firstResponse = (incident: Incident): readonly IncidentEventBody[] =>
  incident.acknowledged === null ? [{ type: 'incident.acknowledged', payload: {} }] : [];

const accept = (...events: IncidentEventBody[]): IncidentDecision => ({ kind: 'accepted', events });

const plus = (instant: string, milliseconds: number): string =>
  new Date(Date.parse(instant) + milliseconds).toISOString();
