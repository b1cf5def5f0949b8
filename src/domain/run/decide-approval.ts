import { holdsAny, isUser, type Person } from '../actor.ts';
import { type Refusal, type Refused, refuse } from '../refusal.ts';
import { approvingRoles, canBeRaised } from './approvals.ts';
import { accept, type Decision, type NotNow } from './decide.ts';
import { ApprovalPress, type RunEventBody } from './events.ts';
import type { Run } from './run.ts';

/** A button pressed on the card of one plan; `now` is an ISO time in UTC. */
type Press = { readonly person: Person; readonly digest: string; readonly now: string };

/** A person presses Approve. The press that completes the demanded number also queues the run. */
export function decideApprove(run: Run, press: Press): Decision {
  const blocked = checkPress(run, press);
  if (blocked) return blocked;
  if (run.approvals.some((approval) => isUser(approval.by, press.person.id)))
    return refuse({ reason: 'already-approved' });
  const role = approvingRole(run, press.person);
  if (role === undefined) return refuse({ reason: 'not-permitted', roles: approvingRoles(run) });
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
    return refuse({ reason: 'not-permitted', roles: approvingRoles(run) });
  }
  if (press.reason.trim() === '') return refuse({ reason: 'missing-reason' });
  return accept({ type: 'approval.denied', payload: { digest: run.digest, reason: press.reason.trim() } });
}

/** One person starts it without the approvals it needs, be it their own request: with a reason, and announced. */
export function decideBreakGlass(
  run: Run,
  press: Press & { readonly reason: string; readonly mayBreak: readonly string[] },
): Decision {
  const blocked = run.status === 'deferred' ? checkDigest(run, press) : checkPress(run, press);
  if (blocked) return blocked;
  if (!holdsAny(press.person, press.mayBreak)) {
    return refuse({ reason: 'not-permitted', roles: press.mayBreak });
  }
  const reason = press.reason.trim();
  if (reason === '') return refuse({ reason: 'missing-reason' });
  const { digest } = run;
  return accept(
    { type: 'glass.broken', payload: { digest, reason } },
    { type: 'run.queued', payload: { digest } },
  );
}

/** The time for approving is over: the rung above is asked, once, until `raisedUntil`; then it expires. */
export function decideExpire(
  run: Run,
  {
    digest,
    now,
    raisedUntil,
  }: { readonly digest: string; readonly now: string; readonly raisedUntil: string },
): Decision | NotNow {
  if (run.status !== 'awaiting_approval')
    return refuse({ reason: 'not-awaiting-approval', status: run.status });
  if (run.digest !== digest) return refuse({ reason: 'plan-changed' });
  if (now < run.expiresAt) return { kind: 'too-early', until: run.expiresAt };
  if (!canBeRaised(run)) return accept({ type: 'approval.expired', payload: { digest } });
  const roles = [...run.plan.approval.raiseTo];
  return accept({ type: 'approval.raised', payload: { digest, roles, expiresAt: raisedUntil } });
}

/** Who asks, and what lets them break the glass, before they give a reason. */
type Asking = Press & { readonly mayBreak: readonly string[] };

/** Why a person may not take a decision about a plan, given a reason; undefined where they may. */
export function whyNotDecide(
  run: Run,
  { press, ...asking }: Asking & { readonly press: ApprovalPress },
): Refusal | undefined {
  const decision = DECIDE[press](run, { ...asking, reason: 'any' });
  return decision.kind === 'refused' ? decision.refusal : undefined;
}

const DECIDE: Readonly<
  Record<ApprovalPress, (run: Run, asking: Asking & { readonly reason: string }) => Decision>
> = { approve: decideApprove, deny: decideDeny, 'break-glass': decideBreakGlass };

/** What a person may decide about the plan in force now; and why they may not approve it. */
export function decisionsOpenTo(
  run: Run,
  asking: Omit<Asking, 'digest'>,
): { readonly may: readonly ApprovalPress[]; readonly whyNotApprove: Refusal | undefined } {
  const whyNot = (press: ApprovalPress) => whyNotDecide(run, { ...asking, digest: run.digest, press });
  return {
    may: ApprovalPress.options.filter((press) => whyNot(press) === undefined),
    whyNotApprove: whyNot('approve'),
  };
}

function checkPress(run: Run, press: Press): Refused | undefined {
  if (run.status === 'deferred') return refuse({ reason: 'next-deployment', run: run.id });
  if (run.status !== 'awaiting_approval')
    return refuse({ reason: 'not-awaiting-approval', status: run.status });
  const changed = checkDigest(run, press);
  if (changed) return changed;
  if (press.now >= run.expiresAt) return refuse({ reason: 'approval-expired', at: run.expiresAt });
  return undefined;
}

const checkDigest = (run: Run, { digest }: Press): Refused | undefined =>
  digest === run.digest ? undefined : refuse({ reason: 'plan-changed' });

const approvingRole = (run: Run, person: Person): string | undefined =>
  approvingRoles(run).find((role) => person.roles.includes(role));
