import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RepositoryRef } from '../../../engine/ports/git.ts';
import { GitFailed, type RunGit } from '../run-git.ts';

const ATTEMPTS = 4;
const PAUSE_MS = 500;
const ABANDONED_MS = 60_000;

type Fetch = {
  readonly directory: string;
  readonly git: RunGit;
  readonly ref: RepositoryRef;
  readonly signal: AbortSignal | undefined;
};

/**
 * Fetches the branch and all tags, also those that moved or are gone; the caller holds the mirror.
 * A git process that outlived a killed worker may still hold a lock on a ref, so a locked ref is tried again,
 * and a lock that nobody has touched for a minute is removed.
 */
export async function fetchInto({ directory, git, ref, signal }: Fetch): Promise<void> {
  const branch = `refs/heads/${ref.branch}`;
  const refspecs = [`+${branch}:${branch}`, '+refs/tags/*:refs/tags/*'];
  for (let attempt = 1; ; attempt += 1) {
    try {
      await git(
        [
          'fetch',
          '--verbose',
          '--prune',
          '--no-write-fetch-head',
          '--no-recurse-submodules',
          '--',
          ref.repository,
          ...refspecs,
        ],
        { signal },
      );
      return;
    } catch (error) {
      if (attempt === ATTEMPTS || !isLocked(error)) throw error;
      await removeAbandonedLocks(directory);
      await sleep(PAUSE_MS, undefined, { signal });
    }
  }
}

const isLocked = (error: unknown): boolean =>
  error instanceof GitFailed && /\.lock'|cannot lock ref/.test(error.message);

async function removeAbandonedLocks(directory: string): Promise<void> {
  const refs = await readdir(join(directory, 'refs'), { recursive: true });
  const locks = [
    'packed-refs.lock',
    'shallow.lock',
    ...refs.filter((name) => name.endsWith('.lock')).map((name) => join('refs', name)),
  ];
  for (const lock of locks) {
    const path = join(directory, lock);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > ABANDONED_MS) await rm(path, { force: true });
  }
}
