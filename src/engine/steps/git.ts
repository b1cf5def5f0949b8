import { setTimeout as sleep } from 'node:timers/promises';
import { type GitTrouble, gitTroublePhrase } from '../../domain/git/git-trouble.ts';
import { nameCommit } from '../../domain/plan/plan.ts';
import type { PlanStep } from '../../domain/steps/kinds.ts';
import { type Git, GitTroubled, type RollbackRequest, type RollbackResult } from '../ports/git.ts';
import type { StepContext, StepHandler, StepOutcome } from './handler.ts';

/** How long a git server that is away is asked again, and how long after each time. */
export type Patience = { readonly forMs: number; readonly pauseMs: number };

const PATIENCE: Patience = { forMs: 60_000, pauseMs: 5_000 };

/** What may well be over in a minute. Doing it again is safe: it looks first whether its own result has arrived. */
const PASSING: readonly GitTrouble[] = ['unreachable', 'busy'];

/** Takes the branch back with the plan's method, and pushes. A git server that is away is asked again for a minute. */
export function createGitStep({
  git,
  patience = PATIENCE,
}: {
  readonly git: Git;
  readonly patience?: Patience;
}): StepHandler<'git'> {
  return async (step, context) => {
    const { run, signal, say } = context;
    say(`taking ${step.branch} back to ${nameCommit(run.plan.target)} by ${step.method}\n`);
    const request = requestOf(step, context);
    const until = performance.now() + patience.forMs;
    for (;;) {
      try {
        return toOutcome(await git.rollBack(request, signal), say);
      } catch (error) {
        if (!(error instanceof GitTroubled)) throw error;
        say(`${error.whole.trimEnd()}\n`);
        const summary = `${gitTroublePhrase(error.trouble)}: ${error.message}`;
        if (!PASSING.includes(error.trouble)) return { kind: 'failed', summary };
        if (performance.now() >= until) return { kind: 'failed', summary: `${summary}. ${UNKNOWN}` };
        say('trying again\n');
        await sleep(patience.pauseMs, undefined, { signal });
      }
    }
  };
}

/** Its answer may be all that was lost. */
const UNKNOWN = 'Whether a push arrived is not known; Retry looks first';

/** Of the plan alone: what the files say by now was looked at before the first step. */
const requestOf = (step: PlanStep<'git'>, { run, at }: StepContext): RollbackRequest => ({
  ref: { repository: step.repository, branch: step.branch, releases: '*', migrations: [] },
  method: step.method,
  paths: step.paths,
  target: step.target,
  expectedHead: step.expectedHead,
  message: commitMessage(run),
  at,
  run: run.id,
});

function toOutcome(result: RollbackResult, say: (text: string) => void): StepOutcome {
  switch (result.kind) {
    case 'pushed':
      say(`${result.detail}\n`);
      return { kind: 'succeeded', summary: `pushed ${result.commit.slice(0, 7)}`, commit: result.commit };
    case 'branch-moved':
      say(`the branch is at ${result.head.slice(0, 7)} now; nothing was pushed\n`);
      return { kind: 'branch-moved' };
    case 'conflict':
      say(`conflicts in:\n${result.files.map((file) => `  ${file}\n`).join('')}`);
      return {
        kind: 'failed',
        summary: `the revert conflicts in ${result.files.join(', ')}; nothing was pushed`,
      };
    case 'nothing-to-do':
      return {
        kind: 'failed',
        summary: 'the branch already has the content of the target; nothing was pushed',
      };
  }
}

function commitMessage({ id, plan, reason }: Parameters<StepHandler<'git'>>[1]['run']): string {
  return [
    `Roll back ${plan.service} to ${nameCommit(plan.target)}`,
    '',
    reason,
    '',
    `Walkback-Run: ${id}`,
    `Walkback-Target: ${plan.target.hash}`,
    `Walkback-Undone: ${plan.deployed.hash}`,
  ].join('\n');
}
