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

const itself: Part = (into, merged) => {
  const { id, title, services: hit, startedAt, mitigatedSince, automaticRollback } = merged;
  const known = knownDeployed(into, merged);
  const services = hit.filter((service) => !into.services.includes(service));
  return [
    {
      type: 'incident.absorbed',
      payload: {
        ...{ from: id, title },
        ...(services.length === 0 ? {} : { services }),
        ...(startedAt < into.startedAt ? { startedAt } : {}),
        // What is said of the one is not true of the other, whose harm goes on.
        ...(into.status === 'monitoring' && mitigatedSince === null
          ? { status: 'investigating' as const }
          : {}),
        ...automaticOf(into, automaticRollback),
      },
    },
    ...known,
  ];
};

/** Of equal severity, but with nothing more to come by itself: what the other was about to do is still to come. */
function automaticOf(into: Incident, theirs: Incident['automaticRollback']) {
  const own = into.automaticRollback;
  if (theirs?.outcome !== 'planned' || own === null || own.outcome === 'planned') return {};
  return { automaticRollback: { at: theirs.at, warnAt: [...theirs.warnAt] } };
}

/** What was deployed of what it hits when the other was declared: git is not asked again, so late. */
const knownDeployed = (into: Incident, merged: Incident): readonly IncidentEventBody[] =>
  Object.entries(merged.deployed)
    .filter(([service]) => !Object.hasOwn(into.deployed, service))
    .flatMap(([service, { moved, ...known }]) => [
      { type: 'deployed.noted' as const, payload: { service, ...known } },
      ...(moved === null ? [] : [{ type: 'deployed.moved' as const, payload: { service, ...moved } }]),
    ]);

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
    ...{ updateEveryMs, updateDueAt, stakeholders, ownChannel },
    // That nobody answered in time was said, and somebody called in for it.
    respondBy: merged.responseOverdue ? null : respondBy,
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

/** What had ended before it was opened again proves nothing any more. */
const runs: Part = (_into, { runs: linked, deployedAsOf }) =>
  linked.filter(({ settledAt }) => settledAt === null || settledAt >= deployedAsOf).flatMap(takeOver);

const takeOver = (linked: LinkedRun): readonly IncidentEventBody[] => {
  const { run, service, environment, at, begun, status, proven, target, paths, settledAt } = linked;
  return [
    { type: 'run.linked', payload: { run, service, environment, at } },
    ...(begun ? [{ type: 'run.began' as const, payload: { run } }] : []),
    ...(status === null || settledAt === null
      ? []
      : [
          {
            type: 'run.settled' as const,
            payload: { run, status, proven, target, paths: [...paths], at: settledAt },
          },
        ]),
  ];
};

/** What goes on by then is told as it ends. */
const standing: Part = (into, merged) =>
  merged.runs
    .filter(({ status }) => status !== null && status !== 'denied' && status !== 'expired')
    .flatMap((run) => decideVerified(into, run))
    .slice(0, 1);
