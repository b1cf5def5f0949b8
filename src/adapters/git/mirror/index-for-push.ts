import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { GitFailed, type RunGit } from '../run-git.ts';

/**
 * Writes a reachability bitmap where the mirror has none. With it git knows at once that the remote has every file of
 * an old commit, and pushes the one new commit instead of all that changed since. Later ones come from git's own gc.
 */
export async function indexForPush({
  directory,
  git,
  signal,
}: {
  readonly directory: string;
  readonly git: RunGit;
  readonly signal: AbortSignal | undefined;
}): Promise<void> {
  // Git makes the folder with the first pack.
  const names = await readdir(join(directory, 'objects', 'pack')).catch(() => []);
  const isPacked = names.some((name) => name.endsWith('.pack'));
  if (!isPacked || names.some((name) => name.endsWith('.bitmap'))) return;
  try {
    await git(['multi-pack-index', 'write', '--bitmap', '--no-progress'], { signal });
  } catch (error) {
    // Git before 2.34 can't: pushes are slower, nothing else.
    if (!(error instanceof GitFailed)) throw error;
  }
}
