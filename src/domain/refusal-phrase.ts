import { gitTroublePhrase } from './git/git-trouble.ts';
import type { Refusal } from './refusal.ts';

/**
 * A refusal in a few words of plain text, for what is recorded and told in passing. They complete "not started: …" and
 * "the plan can no longer be carried out: …". A reason that there is no longer, as old records may hold, is shown as it is.
 */
export const refusalPhrase = (reason: string): string => PHRASES.get(reason) ?? reason;

/** The same of a refusal at hand, with what git said where it is git's. */
export const refusalInBrief = (refusal: Refusal): string =>
  refusal.reason === 'git-trouble'
    ? `${gitTroublePhrase(refusal.trouble)}: ${refusal.detail}`
    : refusalPhrase(refusal.reason);

const BY_REASON: Readonly<Record<Refusal['reason'], string>> = {
  'unknown-service': 'the service is not known',
  'unknown-environment': 'the environment is not known',
  'unknown-playbook': 'the playbook is not known',
  'unknown-severity': 'the severity is not known',
  'unknown-run': 'the rollback is not known',
  'missing-reason': 'no reason was given',
  'bad-parameter': "a parameter doesn't fit",
  'target-malformed': 'the target is neither a tag nor a commit',
  'target-not-a-commit': 'the repository has no such commit or tag',
  'target-not-on-branch': 'the target is not on the branch',
  'target-inside-merge': 'the target came in inside a merge',
  'target-already-deployed': 'the target is deployed already',
  'no-previous-release': 'there is no earlier release',
  'git-trouble': 'git could not do it',
  'rollback-in-progress': 'another rollback is in progress there',
  'not-permitted': 'not permitted',
  'roles-unknown': 'nobody could tell who has the role',
  'other-workspace': 'not a member of this workspace',
  'not-a-person': 'not a person',
  'own-request': 'whoever asks may not approve',
  'already-approved': 'approved already by the same person',
  'plan-changed': 'the plan has changed',
  'approval-expired': 'the time for approving is over',
  'not-awaiting-approval': 'there is nothing to approve',
  'already-ended': 'the rollback is over',
  'step-not-waiting': "the step isn't waiting for anybody",
  'step-moved-on': 'somebody was faster',
  'step-answered': 'somebody has answered it already',
  'verification-not-skippable': "a check can't be skipped",
  'not-locked': 'nothing holds the service',
  'unknown-incident': 'the incident is not known',
  'incident-over': 'the incident is over',
  'incident-closed': "the incident can't be reopened any more",
  'not-resolved': "the incident isn't resolved",
  'already-acknowledged': 'acknowledged already',
  'same-severity': 'the severity is the same already',
  'role-taken': 'the same person has that role already',
  'not-commander': 'only the commander may',
  'nothing-to-hold': 'there is nothing to hold',
  'nothing-to-release': 'nothing is held',
  'already-monitoring': 'the incident is being watched already',
  'not-rolled-back': 'no rollback is proven that still stands',
  'nothing-to-start': 'no automatic rollback is waiting',
  'next-deployment': 'it waits for the next deployment',
  'policy-needs-person': 'a person has to look at it',
  'already-started': 'the rollback is under way',
  'not-approved': 'it lacks the approvals that it needs',
};

const PHRASES: ReadonlyMap<string, string> = new Map(Object.entries(BY_REASON));
