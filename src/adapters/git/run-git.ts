import { GitPluginError, simpleGit } from 'simple-git';
import type { Log } from '../../engine/ports/log.ts';
import { gitEnvironment } from './git-environment.ts';

type GitOptions = {
  /** Working directory where it is not the repository itself: a worktree, or none at all. */
  readonly directory?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly signal?: AbortSignal | undefined;
};

/** Runs git once and returns its standard output. Throws GitFailed where it exits with anything but 0. */
export type RunGit = (args: readonly string[], options?: GitOptions) => Promise<string>;

export type GitLog = Pick<Log, 'debug' | 'warn'>;

/** Git ran and said no; the message is what it wrote to standard error. */
export class GitFailed extends Error {
  override readonly name = 'GitFailed';
  readonly exitCode: number;
  /** What it wrote to standard output before it failed, such as the status lines of a push. */
  readonly output: string;
  constructor({ exitCode, output, message }: { exitCode: number; output: string; message: string }) {
    super(message);
    this.exitCode = exitCode;
    this.output = output;
  }
}

/** There is no such program, or the system would not start it. */
export class GitDidNotRun extends Error {
  override readonly name = 'GitDidNotRun';
}

/** Longest silence of one git process before it is given up, in milliseconds. */
const SILENCE_LIMIT = 10 * 60_000;

const CONFIG = [
  'core.hooksPath=/dev/null',
  'core.quotePath=false',
  'commit.gpgSign=false',
  // Contents and names go by their bytes: no attributes and no settings of whoever runs this.
  'core.attributesFile=/dev/null',
  'core.ignoreCase=false',
  'core.precomposeUnicode=false',
  'merge.renormalize=false',
  'merge.renames=true',
  'merge.directoryRenames=conflict',
  'i18n.commitEncoding=utf-8',
  'i18n.logOutputEncoding=utf-8',
  'log.showSignature=false',
  'rerere.enabled=false',
  'versionsort.suffix=-',
];

/**
 * Makes the one way to run git here. Every call has a process of its own with a minimal environment and no hooks.
 * A command that prints nothing costs 50 ms in simple-git, so the callers choose forms that print something.
 */
export function createRunGit(setup: {
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly log: GitLog | undefined;
}): RunGit {
  return async (args, { directory, environment = {}, input, signal } = {}) => {
    signal?.throwIfAborted();
    const child = {
      ...gitEnvironment(setup.environment, setup.directory),
      ...(directory === undefined && { GIT_DIR: setup.directory }),
      ...environment,
    };
    let failure: Error | undefined;
    const start = () =>
      simpleGit({
        baseDir: directory ?? setup.directory,
        maxConcurrentProcesses: 1,
        config: CONFIG,
        unsafe: { allowUnsafeHooksPath: true },
        allowEnvironment: Object.keys(child),
        timeout: { block: SILENCE_LIMIT },
        errors: (error, outcome) => {
          failure = toFailure(args, error, outcome);
          return failure;
        },
        ...(signal && { abort: signal }),
        ...(input !== undefined && { input: () => input }),
      }).env(child);
    const startedAt = performance.now();
    try {
      return await start().raw([...args]);
    } catch (error) {
      signal?.throwIfAborted();
      // What simple-git throws carries the arguments, and with them the address and its password.
      throw failure ?? new GitDidNotRun(`git ${args[0]} did not run: ${String(error)}`);
    } finally {
      setup.log?.debug({ git: args[0], elapsedMs: Math.round(performance.now() - startedAt) }, 'git ran');
    }
  };
}

type Outcome = { readonly exitCode: number; readonly stdOut: Buffer[]; readonly stdErr: Buffer[] };

/** Any exit code but 0 is a failure: simple-git takes one without a message on standard error for success. */
function toFailure(
  [command = '']: readonly string[],
  error: Buffer | Error | undefined,
  { exitCode, stdOut, stdErr }: Outcome,
) {
  const output = Buffer.concat(stdOut).toString('utf8');
  const message = Buffer.concat(stdErr).toString('utf8').trim();
  if (error instanceof GitPluginError && error.plugin === 'timeout') {
    return new GitFailed({ exitCode, output, message: 'no sign of life for 10 minutes' });
  }
  const isWhole = ASKS_A_REMOTE.has(command) || !LEFT_OUT.test(message);
  if (exitCode === 0 && error === undefined && isWhole) return undefined;
  return new GitFailed({ exitCode, output, message: message || `git ended with ${exitCode}` });
}

/** What it says where it leaves out what it can't read, and ends as if nothing were missing. */
const LEFT_OUT = /^(?:error: |warning: ignoring (?:broken|dangling) )/m;

/** On these lines such words may be the remote's. */
const ASKS_A_REMOTE: ReadonlySet<string> = new Set(['fetch', 'ls-remote', 'push']);
