import type { Person } from './actor.ts';
import type { Plan } from './plan.ts';
import type { Refused } from './refusal.ts';
import { refuse } from './refusal.ts';
import type { Run, RunStatus } from './run.ts';
import { currentStep, hasEnded, isVerification } from './run.ts';
import type { ReplacedBecause, RunEventBody, StepDecision } from './run-events.ts';

/** What a command leads to: events to append, or a named refusal. */
export type Decision = { readonly kind: 'accepted'; readonly events: readonly RunEventBody[] } | Refused;

const accept = (...events: RunEventBody[]): Decision => ({ kind: 'accepted', events });

type Press = { readonly person: Person; readonly digest: string; readonly now: string };

/** A person presses Approve. The press that completes the demanded number also queues the run. */
export function decideApprove(run: Run, press: Press): Decision {
  const blocked = checkPress(run, press);
  if (blocked) return blocked;
  if (run.approvals.some((approval) => isUser(approval.by, press.person.id)))
    return refuse({ reason: 'already-approved' });
  const role = approvingRole(run, press.person);
  if (role === undefined) return refuse({ reason: 'not-permitted', roles: run.plan.approval.roles });
  if (isUser(run.requestedBy, press.person.id) && !run.plan.approval.requesterMayApprove)
    return refuse({ reason: 'own-request', run: run.id });
  const granted: RunEventBody = { type: 'approval.granted', payload: { digest: run.digest, role } };
  if (run.approvals.length + 1 < run.plan.approval.count) return accept(granted);
  return accept(granted, { type: 'run.queued', payload: { digest: run.digest } });
}

/** A person presses Deny: one denial ends it. Whoever asked may take the request back by cancelling instead. */
export function decideDeny(run: Run, press: Press & { readonly reason: string }): Decision {
  const blocked = checkPress(run, press);
  if (blocked) return blocked;
  if (approvingRole(run, press.person) === undefined) {
    return refuse({ reason: 'not-permitted', roles: run.plan.approval.roles });
  }
  if (press.reason.trim() === '') return refuse({ reason: 'missing-reason' });
  return accept({ type: 'approval.denied', payload: { digest: run.digest, reason: press.reason.trim() } });
}

/** The time for approving is over. */
export function decideExpire(
  run: Run,
  { digest, now }: { readonly digest: string; readonly now: string },
): Decision {
  if (run.status !== 'awaiting_approval')
    return refuse({ reason: 'not-awaiting-approval', status: run.status });
  if (run.digest !== digest) return refuse({ reason: 'plan-changed' });
  if (now < run.expiresAt) return refuse({ reason: 'superseded' });
  return accept({ type: 'approval.expired', payload: { digest } });
}

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

/** A person answers a step that waits for one: Done or Can't do; Retry, Skip or Abort. */
export function decideStep(
  run: Run,
  answer: {
    readonly person: Person;
    readonly mayDecide: readonly string[];
    readonly step: string;
    readonly attempt: number;
    readonly decision: StepDecision;
    readonly reason: string | null;
  },
): Decision {
  if (hasEnded(run)) return refuse({ reason: 'already-ended', status: run.status });
  const step = currentStep(run);
  if (step === undefined || step.plan.id !== answer.step || step.attempt !== answer.attempt) {
    return refuse({ reason: 'step-moved-on' });
  }
  const confirming = answer.decision === 'done' || answer.decision === 'cannot';
  const open = confirming
    ? step.status === 'waiting' && step.plan.kind === 'manual'
    : step.status === 'failed' || step.status === 'interrupted';
  if (!open) return refuse({ reason: 'step-not-waiting', step: step.plan.title });
  const roles = confirming && step.plan.kind === 'manual' ? [step.plan.role] : answer.mayDecide;
  if (!holdsAny(answer.person, roles)) return refuse({ reason: 'not-permitted', roles });
  if (answer.decision === 'skip' && isVerification(step)) {
    return refuse({ reason: 'verification-not-skippable', step: step.plan.title });
  }
  const decided: RunEventBody = {
    type: 'step.decided',
    payload: { step: step.plan.id, decision: answer.decision, reason: answer.reason },
  };
  if (answer.decision !== 'abort') return accept(decided);
  return accept(decided, {
    type: 'run.failed',
    payload: { step: step.plan.id, why: `aborted at “${step.plan.title}”` },
  });
}

/** The worker found, before a step could run, that what was approved is no longer what would run. */
export function decideReplacePlan(
  run: Run,
  change: {
    readonly because: ReplacedBecause;
    readonly plan: Plan;
    readonly digest: string;
    readonly expiresAt: string;
  },
): Decision {
  if (hasEnded(run)) return refuse({ reason: 'already-ended', status: run.status });
  return accept({ type: 'plan.replaced', payload: change });
}

function checkPress(run: Run, { digest, now }: Press): Refused | undefined {
  if (run.status !== 'awaiting_approval')
    return refuse({ reason: 'not-awaiting-approval', status: run.status });
  if (digest !== run.digest) return refuse({ reason: 'plan-changed' });
  if (now >= run.expiresAt) return refuse({ reason: 'approval-expired', at: run.expiresAt });
  return undefined;
}

const approvingRole = (run: Run, person: Person): string | undefined =>
  run.plan.approval.roles.find((role) => person.roles.includes(role));

export const holdsAny = (person: Person, roles: readonly string[]): boolean =>
  roles.some((role) => person.roles.includes(role));

const isUser = (actor: Run['requestedBy'], id: string): boolean => actor.kind === 'user' && actor.id === id;
