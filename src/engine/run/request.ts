import { holdsAny, type Person, personActor, systemActor } from '../../domain/actor.ts';
import { type Refused, refuse } from '../../domain/refusal.ts';
import { type ByPolicy, decideRequest } from '../../domain/run/decide-request.ts';
import type { ChecklistItem } from '../../domain/run/events.ts';
import type { Run } from '../../domain/run/run.ts';
import { Severity } from '../../domain/severity.ts';
import type { Team } from '../../domain/team/team.ts';
import { makePlan, type PlanRequest } from '../plan/make-plan.ts';
import type { Catalog } from '../ports/catalog.ts';
import { type Clock, toIso } from '../ports/clock.ts';
import type { EventStore } from '../ports/event-store.ts';
import type { Git } from '../ports/git.ts';
import { beginRun, refuseLocked } from '../streams/runs.ts';

export type Requesting = {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly git: Git;
  readonly catalog: Catalog;
};

export type RollbackRequested = { readonly kind: 'requested'; readonly run: Run };

/** Who asks: a person, whose right to ask is checked, or the severity policy, which approves it as well. */
type Asking = { readonly person: Person } | { readonly byPolicy: ByPolicy };

export type RollbackRequest = PlanRequest & {
  readonly reason: string;
  /** The incident that it belongs to, such as INC-12, or null: to none. With `byPolicy`, the policy's. */
  readonly incident?: string | null | undefined;
  readonly checklist: readonly ChecklistItem[];
  /** The Slack thread that it was asked in, if any. */
  readonly thread: Run['thread'];
} & Asking;

/**
 * Asks for a rollback: plans it, takes the service's lock and opens the approval, or says why not. What waits for the
 * next deployment takes no lock; what the severity policy asks for is queued at once, unless a person has to look.
 */
export async function requestRun(
  deps: Requesting,
  request: RollbackRequest,
): Promise<RollbackRequested | Refused> {
  const team = await deps.catalog.team();
  if ('person' in request && !holdsAny(request.person, team.permissions.request)) {
    return refuse({ reason: 'not-permitted', roles: team.permissions.request });
  }
  if (request.reason.trim() === '') return refuse({ reason: 'missing-reason' });
  const lock = await lockInTheWay(deps, team, request);
  if (lock) return lock;

  const planned = await makePlan(deps, request);
  if (planned.kind === 'refused') return planned;
  const { plan, digest } = planned;
  const byPolicy = 'byPolicy' in request ? request.byPolicy : undefined;
  const at = deps.clock.now();
  const expiresAt = toIso(at + (team.severities[plan.severity]?.approval.expiresAfter ?? 0));
  const decision = decideRequest(
    {
      incident: byPolicy?.incident ?? request.incident ?? null,
      ...(request.incident === null ? { ofNoIncident: true as const } : {}),
      reason: request.reason.trim(),
      checklist: [...request.checklist],
      thread: request.thread,
      plan,
      digest,
      expiresAt,
    },
    byPolicy,
  );
  if (decision.kind === 'refused') return decision;
  const begun = await beginRun(deps, {
    at: toIso(at),
    actor: 'person' in request ? personActor(request.person) : systemActor('severity-policy'),
    events: decision.events,
  });
  return begun.kind === 'refused' ? begun : { kind: 'requested', run: begun.run };
}

/** Known before anything is planned: another run is on it. The next deployment's list has room for any number. */
async function lockInTheWay(
  deps: Requesting,
  team: Team,
  request: PlanRequest,
): Promise<Refused | undefined> {
  const severity = Severity.safeParse(request.severity).data;
  if (severity && team.severities[severity].rollback.decision === 'next-deployment') return undefined;
  const environments = Object.keys(team.services[request.service]?.environments ?? {});
  const lock = await deps.store.lockOf(request.service, request.environment ?? environments[0] ?? '');
  return lock && refuseLocked(deps, lock);
}
