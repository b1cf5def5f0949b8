import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';

const KEPT_LINES = 15;

export type StartRequest = {
  /** As people know it, such as "the local Slack". */
  readonly name: string;
  readonly program: string;
  readonly parameters: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Everything it prints goes there too. */
  readonly logFile: string;
  /** Whether a line it prints means that it is ready. */
  readonly isReady: (line: string) => boolean;
  /** ms */
  readonly readyWithin: number;
  /** ms that it has to end by itself before it is killed. */
  readonly grace: number;
};

export type StartedProcess = {
  readonly pid: number;
  /** Resolves with how it ended, for whatever reason. */
  readonly ended: Promise<string>;
  readonly stop: () => Promise<void>;
};

/**
 * Starts a program as a process group of its own, so that Ctrl-C reaches only the demo, which then stops its parts in
 * order. Resolves when it is ready; throws with the last lines it printed when it ends or dawdles before that.
 */
export async function startProcess(request: StartRequest): Promise<StartedProcess> {
  const { name, program, parameters, environment = {} } = request;
  const child = spawn(program, parameters, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  const lastLines: string[] = [];
  const ended = untilEnded(child);
  const kill = (signal: NodeJS.Signals): void => killGroup(child, signal);
  const killAtExit = (): void => kill('SIGKILL');
  process.once('exit', killAtExit);
  void ended.then(() => process.off('exit', killAtExit));
  try {
    await untilReady({ child, ended, lastLines, request });
  } catch (error) {
    kill('SIGKILL');
    throw new Error([`${name}: ${String(error)}`, ...lastLines].join('\n'), { cause: error });
  }
  return { pid: child.pid ?? 0, ended, stop: () => stop({ ended, kill, grace: request.grace }) };
}

const untilEnded = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });

function untilReady({
  child,
  ended,
  lastLines,
  request,
}: {
  readonly child: ChildProcess;
  readonly ended: Promise<string>;
  readonly lastLines: string[];
  readonly request: StartRequest;
}): Promise<void> {
  const log = createWriteStream(request.logFile, { flags: 'a' });
  child.once('close', () => log.end());
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(`not ready within ${request.readyWithin} ms`), request.readyWithin);
    const onLine = (line: string): void => {
      log.write(`${line}\n`);
      lastLines.push(line);
      if (lastLines.length > KEPT_LINES) lastLines.shift();
      if (!request.isReady(line)) return;
      clearTimeout(late);
      resolve();
    };
    for (const stream of [child.stdout, child.stderr]) {
      if (stream !== null) createInterface({ input: stream }).on('line', onLine);
    }
    void ended.then((how) => {
      clearTimeout(late);
      reject(`ended (${how}) before it was ready`);
    });
  });
}

async function stop({
  ended,
  kill,
  grace,
}: {
  readonly ended: Promise<string>;
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly grace: number;
}): Promise<void> {
  kill('SIGTERM');
  const late = setTimeout(() => kill('SIGKILL'), grace);
  await ended;
  clearTimeout(late);
}

/** The whole group, since npx runs what it was asked for as a child of its own. */
function killGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
