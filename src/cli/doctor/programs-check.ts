import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { HealthCheck, HealthFinding } from '../../engine/ports/health.ts';

/** Oldest git whose `rev-parse --end-of-options` keeps what a person typed from being read as an option. */
const OLDEST_GIT = [2, 30] as const;

/** Are the programs that rollbacks run there? `environment` is what child processes get; its PATH is searched. */
export function createProgramsCheck({
  environment,
}: {
  readonly environment: Readonly<Record<string, string>>;
}): HealthCheck {
  return {
    title: 'Programs',
    run: (signal) =>
      Promise.all([lookForGit, lookForShell, lookForBash].map((look) => look({ environment, signal }))),
  };
}

type Where = { readonly environment: Readonly<Record<string, string>>; readonly signal: AbortSignal };

async function lookForGit(where: Where): Promise<HealthFinding> {
  const answer = await ask('git', ['--version'], where);
  if (answer === undefined) return missing('git', 'repositories are rolled back with it');
  const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(answer) ?? [];
  const old =
    Number(major) < OLDEST_GIT[0] || (Number(major) === OLDEST_GIT[0] && Number(minor) < OLDEST_GIT[1]);
  if (!old) return { level: 'ok', what: answer };
  return {
    level: 'problem',
    what: `${answer} is too old: rollbacks need at least ${OLDEST_GIT.join('.')}`,
    todo: 'upgrade git',
  };
}

async function lookForShell(where: Where): Promise<HealthFinding> {
  const answer = await ask(
    'sh',
    ['-c', 'echo "sh is $(command -v sh)${BASH_VERSION:+, bash $BASH_VERSION}"'],
    where,
  );
  return answer === undefined
    ? missing('sh', 'it runs the commands of playbooks')
    : { level: 'ok', what: answer };
}

async function lookForBash(where: Where): Promise<HealthFinding> {
  const answer = await ask('bash', ['-c', 'echo "bash $BASH_VERSION"'], where);
  if (answer !== undefined) return { level: 'ok', what: answer };
  return {
    level: 'warning',
    what: 'bash is not on the PATH: sh runs the commands of playbooks, and one with a pipe fails where sh sees no failure inside it',
    todo: 'install bash where the worker runs',
  };
}

/** Its first line, or undefined where there is no such program. */
async function ask(
  program: string,
  args: readonly string[],
  { environment, signal }: Where,
): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)(program, [...args], { env: environment, signal });
    return stdout.split('\n')[0]?.trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

const missing = (program: string, why: string): HealthFinding => ({
  level: 'problem',
  what: `${program} is not on the PATH: ${why}`,
  todo: `install ${program}, or put its folder on the PATH that Walkback is started with`,
});
