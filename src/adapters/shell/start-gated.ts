import { type ChildProcess, spawn } from 'node:child_process';
import { access } from 'node:fs/promises';
import { Writable } from 'node:stream';
import type { CommandResult } from '../../engine/ports/command-runner.ts';

export type GatedCommand = {
  readonly kind: 'started';
  /** Process id, and id of the process group. */
  readonly pid: number;
  /** Lets the command begin. */
  readonly open: () => void;
  readonly ended: Promise<CommandResult>;
};

/** A shell waits for a line on descriptor 3 and then becomes the one that runs the command; without the line it ends. */
const GATE = 'IFS= read -r go <&3 || exit 125; exec 3<&-; exec "$@"';

/** Starts a command, the last argument of `argv`, as the leader of its own process group, held back until it is let go. */
export async function startGated({
  argv,
  directory,
  environment,
  output,
}: {
  readonly argv: readonly string[];
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Descriptor for standard output and standard error, so that their order is kept. */
  readonly output: number;
}): Promise<GatedCommand | (CommandResult & { readonly kind: 'not-started' })> {
  const child = spawn('/bin/sh', ['-c', GATE, 'sh', ...argv], {
    cwd: directory,
    env: environment,
    detached: true,
    stdio: ['ignore', output, output, 'pipe'],
  });
  const ended = endOf(child);
  const failure = await startOf(child);
  if (failure !== undefined || child.pid === undefined) {
    return { kind: 'not-started', why: await explain(failure, directory) };
  }
  const gate = child.stdio[3];
  if (!(gate instanceof Writable)) throw new Error('the command has no gate');
  // The command may have been killed before it read the line.
  gate.on('error', () => undefined);
  return { kind: 'started', pid: child.pid, open: () => gate.end('\n'), ended };
}

const startOf = (child: ChildProcess): Promise<Error | undefined> =>
  new Promise((resolve) => {
    child.once('spawn', () => resolve(undefined));
    child.once('error', resolve);
  });

const endOf = (child: ChildProcess): Promise<CommandResult> =>
  new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      resolve(code === null ? { kind: 'killed', by: signal ?? 'a signal' } : { kind: 'exited', code });
    });
  });

async function explain(failure: Error | undefined, directory: string): Promise<string> {
  const missing = await access(directory).then(
    () => false,
    () => true,
  );
  return missing ? `there is no directory ${directory}` : (failure?.message ?? 'the shell did not start');
}
