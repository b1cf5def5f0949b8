import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { GitFailed } from '../run-git.ts';
import { commitsToRevert } from './commits-to-revert.ts';
import type { Rollback } from './rollback.ts';

/** The revert met changes that contradict it; `files` are those that conflict. */
export class RevertConflict extends Error {
  override readonly name = 'RevertConflict';
  readonly files: readonly string[];
  constructor(files: readonly string[]) {
    super(`conflicts in ${files.join(', ')}`);
    this.files = files;
  }
}

/**
 * The tree after reverting what came after the target, newest first. Happens in a worktree that is removed in every ending. Throws RevertConflict.
 */
export function treeByRevert(rollback: Rollback, trees: { readonly head: string }): Promise<string> {
  const { mirror, signal } = rollback;
  return mirror.exclusive(async () => {
    const worktrees = `${mirror.directory}.worktrees`;
    // Whoever holds the mirror is alone in it: what is here was left behind.
    await removeWorktrees(rollback, worktrees);
    try {
      return await revertIn(rollback, { worktrees, head: trees.head });
    } finally {
      await removeWorktrees(rollback, worktrees);
    }
  }, signal);
}

async function revertIn(
  { mirror, request, signal }: Rollback,
  { worktrees, head }: { readonly worktrees: string; readonly head: string },
): Promise<string> {
  const commits = await commitsToRevert({ mirror, request, signal });
  if (commits.length === 0) return head;
  const directory = join(worktrees, request.run);
  await mkdir(worktrees, { recursive: true });
  await mirror.git(['worktree', 'add', '--force', '--detach', '--', directory, request.expectedHead], {
    signal,
  });
  const inWorktree = { directory, signal };
  try {
    // With -m 1 a merge is reverted to its first parent; other commits have no other.
    await mirror.git(['revert', '--no-commit', '-m', '1', ...commits], inWorktree);
  } catch (error) {
    if (!(error instanceof GitFailed)) throw error;
    const unmerged = await mirror.git(['diff', '--name-only', '--diff-filter=U', '-z'], inWorktree);
    const files = unmerged.split('\0').filter(Boolean);
    if (files.length === 0) throw error;
    throw new RevertConflict(files);
  }
  return (await mirror.git(['write-tree'], inWorktree)).trim();
}

async function removeWorktrees({ mirror }: Rollback, worktrees: string): Promise<void> {
  await rm(worktrees, { recursive: true, force: true });
  await mirror.git(['worktree', 'prune', '--expire=now']);
}
