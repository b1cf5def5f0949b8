import { z } from 'zod';
import { BlastRadius } from '../git/blast-radius.ts';
import { Commit, CommitHash, GitMethod } from '../git/git-facts.ts';
import { Severity } from '../severity.ts';

const common = {
  id: z.string(),
  title: z.string(),
  phase: z.string(),
  repeatable: z.boolean(),
};

/** One exact step, rendered: durations in milliseconds, nothing left to look up. */
export const PlanStep = z.discriminatedUnion('kind', [
  z.strictObject({
    ...common,
    kind: z.literal('git'),
    method: GitMethod,
    paths: z.array(z.string()),
    branch: z.string(),
    repository: z.string(),
    /** What the branch must point at when the rollback is pushed. */
    expectedHead: CommitHash,
    target: CommitHash,
  }),
  z.strictObject({
    ...common,
    kind: z.literal('run'),
    command: z.string(),
    /** Absolute, or null for a scratch directory of the run. */
    directory: z.string().nullable(),
    environment: z.record(z.string(), z.string()),
    timeoutMs: z.number().int().positive(),
    retries: z.number().int().nonnegative(),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('http'),
    url: z.string(),
    status: z.number().int(),
    body: z.string().nullable(),
    withinMs: z.number().int().positive(),
    attempts: z.number().int().positive(),
    everyMs: z.number().int().nonnegative(),
    consecutive: z.number().int().positive(),
  }),
  z.strictObject({ ...common, kind: z.literal('manual'), instruction: z.string(), role: z.string() }),
  z.strictObject({ ...common, kind: z.literal('wait'), durationMs: z.number().int().nonnegative() }),
]);
export type PlanStep = z.infer<typeof PlanStep>;

/** Name of the phase that verification steps belong to. */
export const VERIFY_PHASE = 'Verify';

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
