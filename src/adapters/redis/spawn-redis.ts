import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const READY = /ready to accept connections/i;
const KEPT_LINES = 20;

const INSTALL =
  'Install one (Debian and Ubuntu: "apt-get install redis-server", Fedora: "dnf install valkey", macOS: "brew install redis"), or set REDIS_URL to a Redis that is there.';

/** Starts the first of `programs` that is installed, and resolves with its process when it takes connections. */
export async function spawnRedis({
  programs,
  directory,
  socket,
}: {
  readonly programs: readonly string[];
  readonly directory: string;
  readonly socket: string;
}): Promise<ChildProcess> {
  for (const program of programs) {
    // A process group of its own: Ctrl-C in the terminal is for those who still need Redis while they stop.
    const child = spawn(program, serverArguments(directory, socket), {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: directory,
    });
    if (!(await hasStarted(child))) continue;
    const endWithUs = (): void => void child.kill();
    process.once('exit', endWithUs);
    await untilReady(child, join(directory, 'redis.log')).finally(() => process.off('exit', endWithUs));
    letParentEnd(child);
    return child;
  }
  throw new Error(`found no ${programs.join(' and no ')}. ${INSTALL}`);
}

const serverArguments = (directory: string, socket: string): readonly string[] => [
  ...['--port', '0'],
  ...['--unixsocket', socket, '--unixsocketperm', '700'],
  ...['--protected-mode', 'yes'],
  ...['--daemonize', 'no'],
  ...['--dir', directory],
  ...['--appendonly', 'yes'],
  ...['--save', ''],
  ...['--maxmemory-policy', 'noeviction'],
];

/** False where the program isn't installed. */
const hasStarted = (child: ChildProcess): Promise<boolean> =>
  new Promise((resolve, reject) => {
    child.once('spawn', () => resolve(true));
    child.once('error', (error) => {
      if ('code' in error && error.code === 'ENOENT') resolve(false);
      else reject(new Error(`can't start ${child.spawnfile}`, { cause: error }));
    });
  });

function untilReady(child: ChildProcess, logFile: string): Promise<void> {
  const log = createWriteStream(logFile, { flags: 'a' });
  const lastLines: string[] = [];
  return new Promise((resolve, reject) => {
    const onLine = (line: string): void => {
      log.write(`${line}\n`);
      lastLines.push(line);
      if (lastLines.length > KEPT_LINES) lastLines.shift();
      if (READY.test(line)) resolve();
    };
    for (const stream of [child.stdout, child.stderr]) {
      if (stream !== null) createInterface({ input: stream }).on('line', onLine);
    }
    child.once('close', (code, signal) => {
      log.end();
      const told = lastLines.join('\n');
      reject(
        new Error(
          `${child.spawnfile} ended (${signal ?? `exit code ${code}`}) before it was ready:\n${told}`,
        ),
      );
    });
  });
}

/** A running Redis keeps nobody from ending. */
function letParentEnd(child: ChildProcess): void {
  child.unref();
  for (const stream of [child.stdout, child.stderr]) if (stream instanceof Socket) stream.unref();
}
