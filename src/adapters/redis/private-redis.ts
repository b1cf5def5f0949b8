import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Log } from '../../engine/ports/log.ts';
import { isStill, startTimeOf } from '../shell/process-mark.ts';
import { pingRedis, untilGone } from './ping-redis.ts';
import {
  isAlive,
  type PrivateRedisRecord,
  readRecord,
  removeRecord,
  writeRecord,
} from './private-redis-record.ts';
import { spawnRedis } from './spawn-redis.ts';
import { withStartLock } from './start-lock.ts';

/** The kernel's limit for the path of a unix socket is 104 bytes on macOS and 108 on Linux. */
const LONGEST_SOCKET_PATH = 100;

export type PrivateRedis = {
  /** Path of the unix socket, which ioredis takes in place of a URL. */
  readonly url: string;
  /** Resolves when the server has ended, for whatever reason. */
  readonly untilEnded: () => Promise<void>;
  /** Stops the server and waits for its end; does nothing where another living process started it. */
  readonly stop: () => Promise<void>;
};

/**
 * A Redis (or Valkey) of our own, reachable only through a unix socket, with its data in `dataDir`:
 * append-only file on, nothing evicted. One that already runs there is used as it is. Throws with what to type
 * where none of `programs` is installed, and with the last lines of its log where it doesn't come up.
 */
export async function startPrivateRedis({
  dataDir,
  log,
  programs = ['redis-server', 'valkey-server'],
}: {
  readonly dataDir: string;
  readonly log?: Pick<Log, 'info'>;
  readonly programs?: readonly string[];
}): Promise<PrivateRedis> {
  const directory = resolve(dataDir);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  return withStartLock(directory, async () => {
    const running = await findRunning(directory);
    log?.info(
      { directory, pid: running?.pid },
      running ? 'private redis runs already' : 'starting a private redis',
    );
    return running === undefined ? start(directory, programs) : attach(directory, running);
  });
}

async function findRunning(directory: string): Promise<PrivateRedisRecord | undefined> {
  const record = await readRecord(directory);
  if (record === undefined || !isAlive(record.pid)) return undefined;
  return (await pingRedis(record.socket)) ? record : undefined;
}

/** Stops the server that runs on `dataDir` and that no living process owns. Whether there was one. */
export async function stopLeftRedis({ dataDir }: { readonly dataDir: string }): Promise<boolean> {
  const directory = resolve(dataDir);
  if ((await findRunning(directory)) === undefined) return false;
  return withStartLock(directory, async () => {
    const running = await findRunning(directory);
    if (running === undefined || (await hasOwner(running))) return false;
    await owned(directory, running).stop();
    return true;
  });
}

async function attach(directory: string, running: PrivateRedisRecord): Promise<PrivateRedis> {
  return (await hasOwner(running)) ? leaveToOwner(running) : adopt(directory, running);
}

const hasOwner = ({ owner, ownerStartedAt }: PrivateRedisRecord): Promise<boolean> =>
  isStill({ pid: owner, startedAt: ownerStartedAt });

const ourselves = async () => ({ owner: process.pid, ownerStartedAt: await startTimeOf(process.pid) });

const leaveToOwner = ({ socket }: PrivateRedisRecord): PrivateRedis => ({
  url: socket,
  untilEnded: () => untilGone(socket),
  stop: async () => undefined,
});

/** Whoever started it died without stopping it: from now on it is ours to stop. */
async function adopt(directory: string, running: PrivateRedisRecord): Promise<PrivateRedis> {
  await writeRecord(directory, { ...running, ...(await ourselves()) });
  return owned(directory, running);
}

async function start(directory: string, programs: readonly string[]): Promise<PrivateRedis> {
  const socket = await placeSocket(directory);
  const { pid } = await spawnRedis({ programs, directory, socket });
  if (pid === undefined) throw new Error('a running process without a number');
  if (!(await pingRedis(socket))) throw new Error(`the private Redis in ${directory} doesn't answer`);
  const record = { pid, socket, ...(await ourselves()) };
  await writeRecord(directory, record);
  return owned(directory, record);
}

function owned(directory: string, { pid, socket }: PrivateRedisRecord): PrivateRedis {
  const kill = (): void => void (isAlive(pid) && process.kill(pid, 'SIGTERM'));
  process.once('exit', kill);
  const stop = async (): Promise<void> => {
    process.off('exit', kill);
    const gone = untilGone(socket);
    kill();
    await gone;
    await removeRecord(directory);
    if (dirname(socket) !== directory) await rm(dirname(socket), { recursive: true, force: true });
  };
  let stopping: Promise<void> | undefined;
  return {
    url: socket,
    untilEnded: () => untilGone(socket),
    // Once only: a later server may have taken the socket's place.
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}

/** In the data directory, or where its path is too long for a socket, in a short directory of its own. */
async function placeSocket(directory: string): Promise<string> {
  const socket = join(directory, 'redis.sock');
  if (Buffer.byteLength(socket) <= LONGEST_SOCKET_PATH) return socket;
  return join(await mkdtemp(join(tmpdir(), 'walkback-redis-')), 'redis.sock');
}
