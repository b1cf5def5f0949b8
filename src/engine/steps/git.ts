import { gitTroublePhrase } from '../../domain/git/git-trouble.ts';
import { nameCommit } from '../../domain/plan/plan.ts';
import { repositoryOf } from '../plan/repository-of.ts';
import type { Catalog } from '../ports/catalog.ts';
import { type Git, GitTroubled, type RollbackResult } from '../ports/git.ts';
import type { StepHandler, StepOutcome } from './handler.ts';

/** Takes the branch back with the plan's method, and pushes. */
export function createGitStep({
  git,
  catalog,
}: {
  readonly git: Git;
  readonly catalog: Catalog;
}): StepHandler<'git'> {
  return async (step, { run, at, signal, say }) => {
    const { plan } = run;
    const service = (await catalog.team()).services[plan.service];
    if (!service) return { kind: 'failed', summary: `service ${plan.service} is no longer in walkback.yml` };
    say(`taking ${step.branch} back to ${nameCommit(plan.target)} by ${step.method}\n`);
    try {
      const result = await git.rollBack(
        {
          ref: { ...repositoryOf(service), repository: step.repository, branch: step.branch },
          method: step.method,
          paths: step.paths,
          target: step.target,
          expectedHead: step.expectedHead,
          message: commitMessage(run),
          at,
          run: run.id,
        },
        signal,
      );
      return toOutcome(result, say);
    } catch (error) {
      if (!(error instanceof GitTroubled)) throw error;
      say(`${error.whole.trimEnd()}\n`);
      return { kind: 'failed', summary: `${gitTroublePhrase(error.trouble)}: ${error.message}` };
    }
  };
}

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
