import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { STRICT } from '../../domain/steps/shell/shell.ts';
import { hasPipe } from '../../domain/steps/shell/swallowed-failures.ts';

/** A program and its arguments, to which the command is added as the last; or why there is none that would do. */
export type FoundShell =
  | { readonly kind: 'found'; readonly argv: readonly string[]; readonly note?: string }
  | { readonly kind: 'missing'; readonly why: string };

/** The strictest first: a failure inside `$(…)` ends the command as well, where bash is new enough. */
const BASH = [
  ['bash', '-O', 'inherit_errexit', '-euo', 'pipefail', '-c'],
  ['bash', '-euo', 'pipefail', '-c'],
] as const;
const SH_WITH_PIPEFAIL = ['sh', '-euo', 'pipefail', '-c'] as const;
const SH = ['sh', '-eu', '-c'] as const;
/** How versions before there was a choice ran everything; plans that were approved then still run so. */
const PLAIN_SH = ['sh', '-c'] as const;

const runProgram = promisify(execFile);

/** What runs commands on this machine, by the shell of a plan. Each search path is looked at once. */
export function createShells(): (wanted: {
  readonly shell: string | undefined;
  readonly command: string;
  readonly environment: Readonly<Record<string, string>>;
}) => Promise<FoundShell> {
  const known = new Map<string, Promise<readonly string[] | undefined>>();

  const firstOf = (
    candidates: readonly (readonly string[])[],
    environment: Readonly<Record<string, string>>,
  ): Promise<readonly string[] | undefined> => {
    const key = JSON.stringify([environment['PATH'], candidates]);
    const found = known.get(key) ?? firstThatStarts(candidates, environment);
    known.set(key, found);
    return found;
  };

  return async ({ shell, command, environment }) => {
    if (shell === undefined) return { kind: 'found', argv: PLAIN_SH };
    if (shell === 'sh') return { kind: 'found', argv: SH };
    if (shell !== 'bash' && shell !== STRICT) return { kind: 'found', argv: shell.split(' ') };
    const bash = await firstOf(BASH, environment);
    if (bash !== undefined) return { kind: 'found', argv: bash };
    if (shell === 'bash') return { kind: 'missing', why: 'there is no bash on this machine' };
    const sh = await firstOf([SH_WITH_PIPEFAIL], environment);
    if (sh !== undefined) return { kind: 'found', argv: sh, note: 'there is no bash here: sh runs it' };
    if (!hasPipe(command)) return { kind: 'found', argv: SH, note: 'there is no bash here: sh runs it' };
    const why =
      "there is no bash on this machine, and its sh can't see a failure inside a pipe: install bash, or have the step say shell: sh";
    return { kind: 'missing', why };
  };
}

async function firstThatStarts(
  candidates: readonly (readonly string[])[],
  environment: Readonly<Record<string, string>>,
): Promise<readonly string[] | undefined> {
  for (const candidate of candidates) {
    const [program = '', ...options] = candidate;
    const starts = await runProgram(program, [...options, ':'], { env: environment }).then(
      () => true,
      () => false,
    );
    if (starts) return candidate;
  }
  return undefined;
}
