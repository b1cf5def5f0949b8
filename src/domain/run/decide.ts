import { holdsAny, isUser, type Person } from '../actor.ts';
import type { Plan } from '../plan/plan.ts';
import type { Refused } from '../refusal.ts';
import { refuse } from '../refusal.ts';
import { isApproved } from './approvals.ts';
import type { ReplacedBecause, RunEventBody } from './events.ts';
import type { Run, RunStatus } from './run.ts';
import { hasEnded } from './run.ts';

/** What a command leads to: events to append, or a named refusal. */
export type Decision = { readonly kind: 'accepted'; readonly events: readonly RunEventBody[] } | Refused;

/** No refusal: nothing is wrong, and there is nothing to do. */
export type NotNow =
  /** Somebody was faster, or the run has moved on: what was decided on is no more. */
  | { readonly kind: 'moved-on' }
  /** Its time hasn't come; ISO. */
  | { readonly kind: 'too-early'; readonly until: string };

export const MOVED_ON: NotNow = { kind: 'moved-on' };

export const accept = (...events: RunEventBody[]): Decision => ({ kind: 'accepted', events });

/** Cancel: at once where nothing is in flight; otherwise the worker stops the step first. */
export function decideCancel(
  run: Run,
  {
    person,
    mayDecide,
    reason,
  }: { readonly person: Person; readonly mayDecide: readonly string[]; readonly reason: string | null },
): Decision {
  if (hasEnded(run)) return refuse({ reason: 'already-ended', status: run.status });
  if (!isUser(run.requestedBy, person.id) && !holdsAny(person, mayDecide)) {
    return refuse({ reason: 'not-permitted', roles: mayDecide });
  }
  const requested: RunEventBody = { type: 'cancel.requested', payload: { reason } };
  if (run.status === 'running' || run.status === 'verifying') {
    return run.cancel === null ? accept(requested) : refuse({ reason: 'step-moved-on' });
  }
  return accept(requested, {
    type: 'run.cancelled',
    payload: { why: reason ?? CANCELLED_WHILE[run.status] ?? 'cancelled by a person' },
  });
}

const CANCELLED_WHILE: Partial<Record<RunStatus, string>> = {
  awaiting_approval: 'taken back before it was approved',
  deferred: 'taken off the list for the next deployment',
  queued: 'cancelled before its first step',
  waiting: 'cancelled while it waited for a person',
};

/** An admin ends a run whatever it is doing, which frees its service; its worker is fenced off. */
export function decideUnlock(
  run: Run,
  {
    person,
    mayUnlock,
    reason,
  }: { readonly person: Person; readonly mayUnlock: readonly string[]; readonly reason: string },
): Decision {
  if (hasEnded(run)) return refuse({ reason: 'already-ended', status: run.status });
  if (!holdsAny(person, mayUnlock)) return refuse({ reason: 'not-permitted', roles: mayUnlock });
  if (reason.trim() === '') return refuse({ reason: 'missing-reason' });
  const why = reason.trim();
  return accept(
    { type: 'cancel.requested', payload: { reason: why } },
    { type: 'run.cancelled', payload: { why: `${run.plan.service} was unlocked: ${why}` } },
  );
}

type PlanChange = {
  readonly because: ReplacedBecause;
  readonly plan: Plan;
  readonly digest: string;
  readonly expiresAt: string;
};

/** What was approved is no longer what would run: earlier approvals are void, and the new plan's policy holds. */
export function decideReplacePlan(run: Run, change: PlanChange): Decision {
  if (hasEnded(run)) return refuse({ reason: 'already-ended', status: run.status });
  const replaced: RunEventBody = { type: 'plan.replaced', payload: change };
  return change.plan.approval.nextDeployment
    ? accept(replaced, { type: 'run.deferred', payload: {} })
    : accept(replaced);
}

/** The severity was changed: a run that has not begun is planned and approved anew; one under way goes on as it is. */
export function decideRestate(run: Run, change: Omit<PlanChange, 'because'>): Decision {
  const blocked = checkWaiting(run);
  if (blocked) return blocked;
  const { severity } = change.plan;
  if (run.plan.severity === severity) return refuse({ reason: 'same-severity', severity });
  return decideReplacePlan(run, { ...change, because: 'severity-changed' });
}

/** Why a run is none that waits to start; undefined for one that does. */
export function checkWaiting(run: Run): Refused | undefined {
  if (hasEnded(run)) return refuse({ reason: 'already-ended', status: run.status });
  return WAITS_TO_START.includes(run.status) ? undefined : refuse({ reason: 'already-started', run: run.id });
}

const WAITS_TO_START: readonly RunStatus[] = ['awaiting_approval', 'queued', 'deferred'];

/** A worker takes a queued run up: only with all that its severity demands, whatever queued it. */
export function decideStart(run: Run, { driver }: { readonly driver: string }): Decision | NotNow {
  if (run.status !== 'queued') return MOVED_ON;
  if (!isApproved(run)) return refuse({ reason: 'not-approved', severity: run.plan.severity });
  return accept({ type: 'run.started', payload: { driver } });
}
