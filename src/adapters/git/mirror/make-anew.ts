import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const ASIDE = '.aside-';

/**
 * Puts a new mirror in the place of one that is damaged; the caller holds it. It is made beside the old one, which
 * stays until the new one is whole. What a killed process left of this is swept away first.
 */
export async function makeAnew(directory: string, make: (fresh: string) => Promise<void>): Promise<void> {
  await sweepAside(directory);
  const fresh = `${directory}${ASIDE}${randomUUID()}`;
  await mkdir(fresh, { recursive: true });
  try {
    await make(fresh);
    await rename(directory, `${directory}${ASIDE}${randomUUID()}`).catch(ignoreMissing);
    await rename(fresh, directory);
  } finally {
    await sweepAside(directory);
  }
}

/** Sweeps away what a killed process left of making one anew; the caller holds the mirror. A git process may still write into what is swept: whatever is left goes next time. */
export async function sweepAside(directory: string): Promise<void> {
  const folder = dirname(directory);
  const prefix = `${basename(directory)}${ASIDE}`;
  const names = (await readdir(folder)).filter((name) => name.startsWith(prefix));
  for (const name of names)
    await rm(join(folder, name), { recursive: true, force: true, maxRetries: 2 }).catch(() => undefined);
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}
