import type { IncidentEvent, IncidentEventBody } from './events.ts';
import { IncidentRole } from './events.ts';
import { evolvedBy } from './evolve.ts';
import { type Incident, isLadderHeld, isRollbackPlanned, type LinkedRun, nextRung } from './incident.ts';
import { decideVerified } from './rollback-verified.ts';
import type { Schedule } from './schedule.ts';

/** By whom and when (ISO) one was merged into the other. */
type Merging = Pick<IncidentEvent, 'at' | 'actor'>;

/**
 * What an incident takes over from one that was merged into it, so that nothing ends with that: what it hits, the higher
 * severity with what is still due of it, who works on it, what is held, and its runs. What it has itself stays as it is.
 */
export function decideAbsorb(
  into: Incident,
  merged: Incident,
  merging: Merging,
): readonly IncidentEventBody[] {
  const parts = [itself, severity, acknowledgement, roles, holds, runs, standing];
  const events: IncidentEventBody[] = [];
  for (const part of parts) events.push(...part(evolvedBy(into, events, merging), merged, merging.at));
  return events;
}

type Part = (into: Incident, merged: Incident, now: string) => readonly IncidentEventBody[];

const itself: Part = (into, { id, title, services: hit, startedAt }) => {
  const services = hit.filter((service) => !into.services.includes(service));
  return [
    {
      type: 'incident.absorbed',
      payload: {
        ...{ from: id, title },
        ...(services.length === 0 ? {} : { services }),
        ...(startedAt < into.startedAt ? { startedAt } : {}),
      },
    },
  ];
};

/** What is due of the more severe one stays due when it was: merging it stops no clock. */
const severity: Part = (into, merged) =>
  merged.severity < into.severity
    ? [
        {
          type: 'severity.changed',
          payload: {
            from: into.severity,
            to: merged.severity,
            reason: `${merged.id} is part of it`,
            schedule: stillDue(merged),
          },
        },
      ]
    : [];

function stillDue({ automaticRollback, ladder, ...merged }: Incident): Schedule {
  const { respondBy, updateEveryMs, updateDueAt, stakeholders, decideBy, ownChannel } = merged;
  return {
    ...{ respondBy, updateEveryMs, updateDueAt, stakeholders, ownChannel },
    ladder: ladder.flatMap(({ role, at, reachedAt }) => (reachedAt === null ? [{ role, at }] : [])),
    automaticRollback:
      automaticRollback?.outcome === 'planned'
        ? { at: automaticRollback.at, warnAt: [...automaticRollback.warnAt] }
        : null,
    decideBy: merged.decisionAsked ? null : decideBy,
  };
}

const acknowledgement: Part = (into, merged) =>
  into.acknowledged === null && merged.acknowledged !== null
    ? [{ type: 'incident.acknowledged', payload: {} }]
    : [];

const roles: Part = (into, merged) =>
  IncidentRole.options.flatMap((role) => {
    const user = merged.roles[role];
    return into.roles[role] === null && user !== null
      ? [{ type: 'role.taken', payload: { role, user } }]
      : [];
  });

function holds(into: Incident, merged: Incident, now: string): readonly IncidentEventBody[] {
  const ladder = merged.ladderHold;
  const holdsLadder =
    ladder !== null && ladder.until > now && !isLadderHeld(into, now) && nextRung(into) !== undefined;
  const rollback = merged.automaticRollback?.held ?? null;
  const holdsRollback = rollback !== null && isRollbackPlanned(into) && into.automaticRollback?.held === null;
  return [
    ...(holdsLadder
      ? [{ type: 'escalation.held' as const, payload: { until: ladder.until, reason: ladder.reason } }]
      : []),
    ...(holdsRollback ? [{ type: 'rollback.held' as const, payload: { reason: rollback.reason } }] : []),
  ];
}

const runs: Part = (_into, merged) => merged.runs.flatMap(takeOver);

const takeOver = (linked: LinkedRun): readonly IncidentEventBody[] => {
  const { run, service, environment, status, proven, target, paths } = linked;
  return [
    { type: 'run.linked', payload: { run, service, environment } },
    ...(status === null
      ? []
      : [{ type: 'run.settled' as const, payload: { run, status, proven, target, paths: [...paths] } }]),
  ];
};

/** What goes on by then is told as it ends. */
const standing: Part = (into, merged) =>
  merged.runs
    .filter(({ status }) => status !== null && status !== 'denied' && status !== 'expired')
    .flatMap((run) => decideVerified(into, run))
    .slice(0, 1);
