import type { Actor, Person } from './actor.ts';
import type { GitTrouble } from './git/git-trouble.ts';
import type { StepDecision } from './run/events.ts';

/** Why something asked for did not happen. A value, never thrown; words/refusal.ts puts it into words. */
export type Refusal =
  | { readonly reason: 'unknown-service'; readonly service: string; readonly known: readonly string[] }
  | {
      readonly reason: 'unknown-environment';
      readonly environment: string;
      readonly known: readonly string[];
    }
  | { readonly reason: 'unknown-playbook'; readonly playbook: string; readonly known: readonly string[] }
  | { readonly reason: 'unknown-severity'; readonly severity: string; readonly known: readonly string[] }
  | { readonly reason: 'unknown-run'; readonly run: string }
  | { readonly reason: 'missing-reason' }
  | { readonly reason: 'bad-parameter'; readonly parameter: string; readonly expected: string }
  | { readonly reason: 'target-malformed'; readonly target: string }
  | { readonly reason: 'target-not-a-commit'; readonly target: string; readonly repository: string }
  | { readonly reason: 'target-not-on-branch'; readonly target: string; readonly branch: string }
  /** `merge` is the commit that brought it into the branch, `before` what the branch was at until then. */
  | {
      readonly reason: 'target-inside-merge';
      readonly target: string;
      readonly branch: string;
      readonly merge: string;
      readonly before: string;
    }
  /** `paths`: the only ones that would be taken back, where only some would. */
  | {
      readonly reason: 'target-already-deployed';
      readonly target: string;
      readonly paths?: readonly string[];
    }
  | { readonly reason: 'no-previous-release'; readonly service: string }
  /** `detail` is what git said, short and redacted. */
  | {
      readonly reason: 'git-trouble';
      readonly trouble: GitTrouble;
      readonly repository: string;
      readonly detail: string;
    }
  | {
      readonly reason: 'rollback-in-progress';
      readonly heldBy: string;
      readonly since: string;
      readonly owner: Actor;
    }
  | { readonly reason: 'not-permitted'; readonly roles: readonly string[] }
  /** Slack could not be asked who is in a user group, so nobody knows whether they hold these roles. */
  | { readonly reason: 'roles-unknown'; readonly roles: readonly string[] }
  | { readonly reason: 'other-workspace' }
  | { readonly reason: 'not-a-person'; readonly account: 'bot' | 'deactivated' }
  | { readonly reason: 'own-request'; readonly run: string }
  | { readonly reason: 'already-approved' }
  | { readonly reason: 'plan-changed' }
  | { readonly reason: 'approval-expired'; readonly at: string }
  | { readonly reason: 'not-awaiting-approval'; readonly status: string }
  | { readonly reason: 'already-ended'; readonly status: string }
  | { readonly reason: 'step-not-waiting'; readonly step: string }
  | { readonly reason: 'step-moved-on' }
  /** Somebody has answered that attempt of a step already. */
  | { readonly reason: 'step-answered'; readonly by: Actor; readonly decision: StepDecision }
  | { readonly reason: 'verification-not-skippable'; readonly step: string }
  | { readonly reason: 'not-locked'; readonly service: string; readonly environment: string }
  | { readonly reason: 'unknown-incident'; readonly incident: string }
  | { readonly reason: 'incident-over'; readonly status: string }
  | { readonly reason: 'incident-closed'; readonly at: string }
  | { readonly reason: 'not-resolved'; readonly status: string }
  | { readonly reason: 'already-acknowledged'; readonly by: Actor }
  | { readonly reason: 'same-severity'; readonly severity: string }
  | { readonly reason: 'role-taken'; readonly role: string; readonly user: string }
  | { readonly reason: 'not-commander'; readonly commander: string | null }
  | { readonly reason: 'nothing-to-hold' }
  | { readonly reason: 'nothing-to-release' }
  | { readonly reason: 'already-monitoring'; readonly by: Actor }
  | { readonly reason: 'not-rolled-back' }
  | { readonly reason: 'nothing-to-start' }
  | { readonly reason: 'next-deployment'; readonly run: string }
  | { readonly reason: 'policy-needs-person'; readonly why: string }
  | { readonly reason: 'already-started'; readonly run: string }
  | { readonly reason: 'not-approved'; readonly severity: string };

export type Refused = { readonly kind: 'refused'; readonly refusal: Refusal };
export const refuse = (refusal: Refusal): Refused => ({ kind: 'refused', refusal });

/** A missing role that this person may hold after all, as far as Slack could not be asked, is not known to be missing. */
export function withUnsureRoles(refusal: Refusal, { unsure = [] }: Pick<Person, 'unsure'>): Refusal {
  if (refusal.reason !== 'not-permitted') return refusal;
  const roles = refusal.roles.filter((role) => unsure.includes(role));
  return roles.length === 0 ? refusal : { reason: 'roles-unknown', roles };
}
