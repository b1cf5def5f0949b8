import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Git holds such a lock for the blink of an eye; one that nobody has touched for so long is a dead process's. */
const ABANDONED_MS = 10_000;

/** How long a lock is waited for: until one that a dead process left is taken away, and a while more. */
export const LOCK_PATIENCE_MS = ABANDONED_MS + 5_000;

/** Takes away the locks that killed git processes left anywhere in a mirror. No ref may end with ".lock". */
export async function removeAbandonedLocks(directory: string): Promise<void> {
  const names = await readdir(directory, { recursive: true });
  for (const name of names.filter((each) => each.endsWith('.lock'))) {
    const path = join(directory, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > ABANDONED_MS) await rm(path, { force: true });
  }
}
