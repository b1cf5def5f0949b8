import { link, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 20;
const HEARTBEAT_MS = 2_000;
/** A holder that has not shown a sign of life for so long is taken for dead. */
const SILENT_MS = 20_000;

/**
 * Does work while this process holds the lock file, which other processes (of other hosts, too) respect.
 * The file names its owner and is touched while held. An owner of this host that no longer runs loses it at once;
 * any other after 20 s of silence. Should two take over the same dead lock in the same instant, git's own locks
 * make the loser fail; nothing is damaged.
 */
export async function withLockFile<Result>(
  {
    path,
    token,
    signal,
  }: { readonly path: string; readonly token: string; readonly signal?: AbortSignal | undefined },
  work: () => Promise<Result>,
): Promise<Result> {
  const owner = `${hostname()} ${process.pid} ${token}`;
  while (!(await take(path, owner))) {
    await breakIfDead(path);
    await sleep(POLL_MS, undefined, { signal });
  }
  const heartbeat = setInterval(() => void touch(path), HEARTBEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    if ((await ownerOf(path)) === owner) await rm(path, { force: true });
  }
}

/** The file appears with its content or not at all: an empty one could not be told from a dead one. */
async function take(path: string, owner: string): Promise<boolean> {
  const draft = `${path}.${owner.replaceAll(' ', '-')}`;
  await writeFile(draft, owner);
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function breakIfDead(path: string): Promise<void> {
  const owner = await ownerOf(path);
  if (owner === undefined || !(await isDead(path, owner))) return;
  const aside = `${path}.dead-${process.pid}`;
  await rename(path, aside).catch(ignoreMissing);
  const moved = await ownerOf(aside);
  // Somebody else broke it first and holds it now: give it back.
  if (moved !== undefined && moved !== owner) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

async function isDead(path: string, owner: string): Promise<boolean> {
  const [host, pid] = owner.split(' ');
  if (host === hostname() && !isRunning(Number(pid))) return true;
  const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
  return Date.now() - mtimeMs > SILENT_MS;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

const ownerOf = (path: string): Promise<string | undefined> =>
  readFile(path, 'utf8').catch((error: unknown) => ignoreMissing(error));

async function touch(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now).catch(() => undefined);
}

function ignoreMissing(error: unknown): undefined {
  if (codeOf(error) === 'ENOENT') return undefined;
  throw error;
}

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
