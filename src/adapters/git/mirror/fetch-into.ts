import { setTimeout as sleep } from 'node:timers/promises';
import type { RepositoryRef } from '../../../engine/ports/git.ts';
import { GitFailed, type RunGit } from '../run-git.ts';
import { LOCK_PATIENCE_MS, removeAbandonedLocks } from './abandoned-locks.ts';
import { makeWay } from './make-way.ts';

const PAUSE_MS = 500;

type Fetch = {
  readonly directory: string;
  readonly git: RunGit;
  readonly ref: RepositoryRef;
  readonly signal: AbortSignal | undefined;
};

/**
 * Fetches the branch and all tags, also those that moved or are gone; the caller holds the mirror. What a killed
 * process left behind, a lock, is waited for and taken away; so is a branch in whose name this one now begins, or
 * the other way round. The branch comes last: a mirror that has it has the tags.
 */
export async function fetchInto({ directory, git, ref, signal }: Fetch): Promise<void> {
  const branch = `refs/heads/${ref.branch}`;
  const refspecs = ['+refs/tags/*:refs/tags/*', `+${branch}:${branch}`];
  const options = ['--verbose', '--prune', '--no-write-fetch-head', '--no-recurse-submodules'];
  const until = Date.now() + LOCK_PATIENCE_MS;
  for (;;) {
    try {
      await git(['fetch', ...options, '--', ref.repository, ...refspecs], { signal });
      return;
    } catch (error) {
      if (!(error instanceof GitFailed)) throw error;
      if (isInTheWay(error) && (await makeWay(git, branch))) continue;
      if (!isLocked(error) || Date.now() > until) throw error;
      await removeAbandonedLocks(directory);
      await sleep(PAUSE_MS, undefined, { signal });
    }
  }
}

const isInTheWay = (error: GitFailed): boolean =>
  /cannot lock ref '.*': .*; cannot create/.test(error.message);

/** Held by another process, or changed by one in the same instant. */
const isLocked = (error: GitFailed): boolean =>
  /\.lock': File exists|cannot lock ref '.*': (?:is at|reference already exists|there is a non-empty directory)/.test(
    error.message,
  );
