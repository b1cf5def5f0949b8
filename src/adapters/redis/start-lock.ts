import { watch } from 'node:fs';
import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isStill, startTimeOf } from '../shell/process-mark.ts';

const LOCK = 'starting.lock';

/**
 * Runs `work` while no other process does so for the same directory: two servers on one append-only file
 * would destroy it. A lock left by a dead process is taken over.
 */
export async function withStartLock<Result>(directory: string, work: () => Promise<Result>): Promise<Result> {
  const file = join(directory, LOCK);
  while (!(await take(file))) await released(directory, file);
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function take(file: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx');
    await handle.writeFile(`${process.pid} ${(await startTimeOf(process.pid)) ?? ''}`);
    await handle.close();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw new Error(`can't write ${file}`, { cause: error });
  }
}

/** Resolves when the lock may be free: its file changed, or its holder is dead. */
async function released(directory: string, file: string): Promise<void> {
  const watcher = watch(directory);
  try {
    const changed = new Promise<void>((resolve, reject) => {
      watcher.on('change', () => resolve());
      watcher.on('error', reject);
    });
    const [number = '', ...since] = (await readFile(file, 'utf8').catch(() => '')).split(' ');
    const holder = { pid: Number(number), startedAt: since.join(' ') || undefined };
    // An empty file is a lock in the making: its number follows, and changes the file.
    if (holder.pid > 0 && !(await isStill(holder))) await rm(file, { force: true });
    else if (holder.pid > 0 || (await exists(file))) await changed;
  } finally {
    watcher.close();
  }
}

const exists = (file: string): Promise<boolean> =>
  readFile(file).then(
    () => true,
    () => false,
  );
