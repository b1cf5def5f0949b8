import { z } from 'zod';
import { BlastRadius } from '../git/blast-radius.ts';
import { Commit } from '../git/git-facts.ts';
import { Severity } from '../severity.ts';
import { PlanStep } from '../steps/kinds.ts';

/** Playbook + parameters + target, rendered to the exact ordered steps. Immutable; approvals name its digest. */
export const Plan = z.strictObject({
  service: z.string(),
  environment: z.string(),
  severity: Severity,
  playbook: z.strictObject({ name: z.string(), title: z.string(), fileDigest: z.string() }),
  parameters: z.record(z.string(), z.string()),
  target: Commit,
  /** What is deployed now: the head of the branch. */
  deployed: Commit,
  steps: z.array(PlanStep).min(1),
  estimateMs: z.number().int().positive(),
  /** What the severity demands, frozen into what is approved: a changed policy makes another plan. */
  approval: z.strictObject({
    roles: z.array(z.string()).min(1),
    count: z.number().int().positive(),
    requesterMayApprove: z.boolean(),
    /** Roles that may approve as well once the first wait is over. */
    raiseTo: z.array(z.string()).default([]),
    /** Not now: it waits on the list for the next deployment, and only breaking the glass starts it. */
    nextDeployment: z.boolean().default(false),
  }),
  blastRadius: BlastRadius,
});
export type Plan = z.infer<typeof Plan>;

/** "v1.3.0 (3fa8c21)" or "3fa8c21": how a commit is named to people. */
export function nameCommit(commit: Pick<Commit, 'hash' | 'release'>): string {
  const short = commit.hash.slice(0, 7);
  return commit.release === null ? short : `${commit.release} (${short})`;
}
