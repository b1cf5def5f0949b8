import type { CommandRequest, CommandResult, CommandRunner } from '../../engine/ports/command-runner.ts';
import type { Redactor } from '../../engine/redact.ts';
import { cleanOutput } from './clean-output.ts';
import { endGroup } from './end-group.ts';
import { createShells } from './find-shell.ts';
import { killLeftover } from './kill-leftover.ts';
import { createPipes, type Pipe } from './open-pipe.ts';
import { markProcess } from './process-mark.ts';
import { readOutput } from './read-output.ts';
import { type GatedCommand, startGated } from './start-gated.ts';

/** How long a process group has to end by itself before it is killed, in milliseconds. */
const GRACE_MS = 5_000;

/**
 * Runs commands by the shell that each asks for, as a process group of its own. `baseEnvironment` and the request's environment
 * are all that a command gets to see. A command that ends by itself leaves what it started in the background alone;
 * one that is timed out or aborted takes its whole group along.
 */
export function createCommandRunner({
  baseEnvironment,
  redact,
  graceMs = GRACE_MS,
}: {
  readonly baseEnvironment: Readonly<Record<string, string>>;
  readonly redact: Redactor;
  readonly graceMs?: number;
}): CommandRunner {
  const setup = { baseEnvironment, redact, graceMs, openPipe: createPipes(), findShell: createShells() };
  return {
    run: (request) => run(request, setup),
    killLeftover: (mark) => killLeftover(mark, graceMs),
  };
}

type Setup = {
  readonly baseEnvironment: Readonly<Record<string, string>>;
  readonly redact: Redactor;
  readonly graceMs: number;
  readonly openPipe: () => Promise<Pipe>;
  readonly findShell: ReturnType<typeof createShells>;
};

async function run(request: CommandRequest, setup: Setup): Promise<CommandResult> {
  if (request.signal.aborted) return { kind: 'aborted' };
  const environment = { ...setup.baseEnvironment, ...request.environment };
  const shell = await setup.findShell({ ...request, environment });
  if (shell.kind === 'missing') return { kind: 'not-started', why: shell.why };
  if (shell.note !== undefined) request.onOutput(`${shell.note}\n`);
  const pipe = await setup.openPipe();
  const lines = cleanOutput({ redact: setup.redact, emit: request.onOutput });
  const output = readOutput(pipe.reader, lines.write);
  const argv = [...shell.argv, request.command];
  const { directory } = request;
  const started = await startGated({ argv, directory, environment, output: pipe.writer }).finally(
    pipe.closeWriter,
  );
  if (started.kind === 'not-started') {
    output.stop();
    return started;
  }
  const result = await supervise(started, request, setup.graceMs);
  await output.drained();
  lines.end();
  return result;
}

async function supervise(
  command: GatedCommand,
  request: CommandRequest,
  graceMs: number,
): Promise<CommandResult> {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), request.timeoutMs);
  const stop = AbortSignal.any([request.signal, timeout.signal]);
  try {
    await request.onStart(await markProcess(command.pid));
    if (!stop.aborted) command.open();
    const ended = await endedOrStopped(command, stop);
    if (ended !== undefined) return ended;
  } catch (error) {
    await endGroup(command.pid, graceMs);
    throw error;
  } finally {
    clearTimeout(timer);
  }
  await endGroup(command.pid, graceMs);
  await command.ended;
  return { kind: request.signal.aborted ? 'aborted' : 'timed-out' };
}

function endedOrStopped(command: GatedCommand, stop: AbortSignal): Promise<CommandResult | undefined> {
  return new Promise((resolve) => {
    const onStop = () => resolve(undefined);
    stop.addEventListener('abort', onStop, { once: true });
    if (stop.aborted) onStop();
    void command.ended.then((result) => {
      stop.removeEventListener('abort', onStop);
      resolve(result);
    });
  });
}
