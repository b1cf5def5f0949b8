import { type Person, personActor } from '../domain/actor.ts';
import { holdsAny } from '../domain/decide-run.ts';
import { foldRun } from '../domain/evolve-run.ts';
import { type Refused, refuse } from '../domain/refusal.ts';
import type { Run } from '../domain/run.ts';
import type { ChecklistItem } from '../domain/run-events.ts';
import { loadRun } from './change-run.ts';
import { makePlan, type PlanRequest } from './make-plan.ts';
import type { Catalog } from './ports/catalog.ts';
import { type Clock, toIso } from './ports/clock.ts';
import type { EventStore, ServiceLock } from './ports/event-store.ts';
import type { Git } from './ports/git.ts';

export type Requesting = {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly git: Git;
  readonly catalog: Catalog;
};

export type RollbackRequested = { readonly kind: 'requested'; readonly run: Run };

/** Asks for a rollback: plans it, takes the service's lock and opens the approval, or says why not. */
export async function requestRollback(
  deps: Requesting,
  request: PlanRequest & {
    readonly person: Person;
    readonly reason: string;
    readonly checklist: readonly ChecklistItem[];
    /** The Slack thread that it was asked in, if any. */
    readonly thread: Run['thread'];
  },
): Promise<RollbackRequested | Refused> {
  const team = await deps.catalog.team();
  if (!holdsAny(request.person, team.permissions.request)) {
    return refuse({ reason: 'not-permitted', roles: team.permissions.request });
  }
  if (request.reason.trim() === '') return refuse({ reason: 'missing-reason' });
  const environment =
    request.environment ?? Object.keys(team.services[request.service]?.environments ?? {})[0] ?? '';
  const lock = await deps.store.lockOf(request.service, environment);
  if (lock) return refuseLocked(deps, lock);

  const planned = await makePlan(deps, request);
  if (planned.kind === 'refused') return planned;
  const { plan, digest } = planned;
  const at = deps.clock.now();
  const expiresAt = toIso(at + (team.severities[plan.severity]?.approval.expiresAfter ?? 0));
  const appended = await deps.store.append({
    stream: await deps.store.nextId('RUN'),
    expectedVersion: 0,
    at: toIso(at),
    actor: personActor(request.person),
    events: [
      {
        type: 'rollback.requested',
        payload: {
          reason: request.reason.trim(),
          checklist: [...request.checklist],
          thread: request.thread,
          plan,
          digest,
          expiresAt,
        },
      },
    ],
    index: [{ kind: 'claim', service: plan.service, environment: plan.environment }, { kind: 'open' }],
  });
  if (appended.kind === 'lock-held') return refuseLocked(deps, appended.lock);
  const run = appended.kind === 'appended' ? foldRun(appended.events) : undefined;
  if (!run) throw new Error('a fresh run id was already in use; the counter and the streams disagree');
  return { kind: 'requested', run };
}

async function refuseLocked(deps: Requesting, lock: ServiceLock): Promise<Refused> {
  const holder = await loadRun(deps, lock.run);
  const owner = holder?.requestedBy ?? { kind: 'system' as const, name: 'unknown' };
  return refuse({ reason: 'rollback-in-progress', heldBy: lock.run, since: lock.since, owner });
}
