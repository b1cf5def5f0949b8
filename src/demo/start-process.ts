import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
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
  /** ms that it has to end by itself before it is killed; left out, as long as it takes. */
  readonly grace?: number;
  /** Called with each line it prints. */
  readonly onLine?: (line: string) => void;
};

export type StartedProcess = {
  /** Resolves with how it ended, for whatever reason. */
  readonly ended: Promise<string>;
  /** Asks it to end, and kills it when it hasn't after its grace. */
  readonly stop: () => Promise<void>;
  /** Asks again: a program that knows this waits for nothing any longer. */
  readonly hurry: () => void;
  /** Its process group. */
  readonly pid: number;
};

/**
 * Runs the program that its parameters name until it ends, and hands SIGTERM on to it. Should its own input end, it
 * asks the program to end, then not to wait for anything, then kills it: so whatever becomes of us, even kill -9,
 * nothing of ours stays behind.
 */
const GUARD = `exec 3<&0
"$@" </dev/null 3<&- & pid=$!
within() { n=0; while [ "$n" -lt "$1" ]; do sleep 1; kill -0 "$pid" || exit 0; n=$((n + 1)); done; }
(cat <&3 >/dev/null; kill -TERM "$pid"; within 3; kill -TERM "$pid"; within 12; kill -KILL "$pid") 2>/dev/null & guard=$!
exec 3<&-
trap 'kill -TERM "$pid" 2>/dev/null' TERM
while :; do wait "$pid"; code=$?; kill -0 "$pid" 2>/dev/null || break; done
kill "$guard" 2>/dev/null
exit "$code"`;

/** ms after which a program that was told not to wait is killed. */
const HURRIED = 12_000;

/**
 * Starts a program in a process group of its own, so that Ctrl-C reaches only us, who then stop our parts in order.
 * Resolves when it is ready; throws with the last lines it printed when it ends or dawdles before that.
 */
export async function startProcess(request: StartRequest): Promise<StartedProcess> {
  const { name, program, parameters, environment = {} } = request;
  const child = spawn('sh', ['-c', GUARD, 'guard', program, ...parameters], {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  // The guard may be gone when we let go of it.
  child.stdin.on('error', () => undefined);
  const lastLines: string[] = [];
  const ended = untilEnded(child);
  const kill = (): void => killGroup(child);
  child.once('exit', kill);
  try {
    await untilReady({ child, ended, lastLines, request });
  } catch (error) {
    kill();
    throw new Error([`${name}: ${String(error)}`, ...lastLines].join('\n'), { cause: error });
  }
  const killAfter = (ms: number | undefined): void => {
    const late = ms === undefined ? undefined : setTimeout(kill, ms);
    void ended.then(() => clearTimeout(late));
  };
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    killAfter(request.grace);
    await ended;
  };
  const hurry = (): void => {
    child.kill('SIGTERM');
    killAfter(HURRIED);
  };
  return { ended, stop, hurry, pid: child.pid ?? 0 };
}

const untilEnded = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    // Not "exit": what it said last may still be on its way.
    child.once('close', (code, signal) => resolve(signal ?? `exit code ${code}`));
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
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(`not ready within ${request.readyWithin} ms`), request.readyWithin);
    const onLine = (line: string): void => {
      appendFileSync(request.logFile, `${line}\n`);
      request.onLine?.(line);
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

/** The whole group, since npx runs what it was asked for as a child of its own. */
function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
