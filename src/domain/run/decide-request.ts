import type { Plan } from '../plan/plan.ts';
import { refuse } from '../refusal.ts';
import { accept, type Decision } from './decide.ts';
import type { RunEventBody, RunEventPayload } from './events.ts';

/**
 * The rule of the severity policy that asks in place of a person, such as "30 minutes without a fix"; `head` is the
 * commit that it is for and no other, where it is for one.
 */
export type ByPolicy = {
  readonly incident: string;
  readonly rule: string;
  /** Whose press had it do so before its time: a user's id. */
  readonly pressedBy?: string | undefined;
  readonly head?: string | undefined;
};

/** The first events of a run: it waits for approvals, or for the next deployment, or the policy has approved it. */
export function decideRequest(
  request: RunEventPayload<'rollback.requested'>,
  byPolicy: ByPolicy | undefined,
): Decision {
  const { plan, digest } = request;
  const requested: RunEventBody = { type: 'rollback.requested', payload: request };
  if (byPolicy !== undefined) {
    const { incident, rule, pressedBy, head = plan.deployed.hash } = byPolicy;
    const why =
      head === plan.deployed.hash
        ? whyPersonIsNeeded(plan)
        : 'its branch was changed while the rollback was planned';
    if (why !== undefined) return refuse({ reason: 'policy-needs-person', why });
    return accept(
      requested,
      {
        type: 'approval.by-policy',
        payload: { digest, incident, rule, ...(pressedBy === undefined ? {} : { pressedBy }) },
      },
      { type: 'run.queued', payload: { digest } },
    );
  }
  return plan.approval.nextDeployment
    ? accept(requested, { type: 'run.deferred', payload: {} })
    : accept(requested);
}

/** Why the policy may not approve a plan by itself, in words; undefined where it may. */
function whyPersonIsNeeded({ approval, blastRadius, severity }: Plan): string | undefined {
  if (blastRadius.migrations.length > 0) return 'it would undo a database migration';
  if (blastRadius.migrationsUnknown)
    return "whether it would undo a database migration isn't known: the repository has no file that is known as one";
  if (blastRadius.deployedUnknown !== undefined)
    return `what is deployed isn't known: ${blastRadius.deployedUnknown}`;
  if (blastRadius.verdict === 'red')
    return `its blast radius is red (${blastRadius.reasons.join('; ') || 'no reason given'})`;
  return approval.nextDeployment ? `${severity} waits for the next deployment` : undefined;
}
