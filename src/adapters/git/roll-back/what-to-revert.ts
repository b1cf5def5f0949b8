import { firstParentLine } from '../first-parent-line.ts';
import type { Rollback } from './rollback.ts';

export type ToRevert = {
  /** A commit whose tree is what is left once the branch's own commits are undone, whose reverts can't conflict. */
  readonly start: string;
  /** Commits to revert in it one by one, newest first. */
  readonly commits: readonly string[];
};

/**
 * What reverting all that came after the target means, newest first and each commit against its first parent: the
 * branch's own commits since the target, so of a merge all that it brought in. A merge that brought in the target
 * itself must stay, or the target would go with it: in its place come, one by one, the other commits that it joined,
 * which is where conflicts come from.
 */
export async function whatToRevert({ mirror, request, signal }: Omit<Rollback, 'folder'>): Promise<ToRevert> {
  const { target, expectedHead } = request;
  const { git } = mirror;
  const line = await firstParentLine({ git, commit: target, head: expectedHead, signal });
  if (line.kind === 'on-line') return { start: target, commits: [] };
  const output = await git(['rev-list', '--topo-order', '--no-merges', line.joinedBy, `^${target}`], {
    signal,
  });
  return { start: line.joinedBy, commits: output.split('\n').filter(Boolean) };
}
