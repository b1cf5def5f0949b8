import type { RunGit } from './run-git.ts';

/** Where a commit stands that is reachable from a branch's head. */
export type FirstParentLine =
  /** The branch itself was at this commit once: it is the head, or on its line of first parents. */
  | { readonly kind: 'on-line' }
  /** It came in from the side, by this merge on the line; `before` is what the branch was at until then. */
  | { readonly kind: 'inside'; readonly joinedBy: string; readonly before: string };

/** `commit` is a full hash, `head` one or the full name of a ref; `commit` must be reachable from `head`. Reads no more than what came after the commit. */
export async function firstParentLine({
  git,
  commit,
  head,
  signal,
}: {
  readonly git: RunGit;
  readonly commit: string;
  readonly head: string;
  readonly signal?: AbortSignal | undefined;
}): Promise<FirstParentLine> {
  const since = async (...options: readonly string[]): Promise<readonly (readonly string[])[]> =>
    (await git(['rev-list', '--topo-order', '--parents', ...options, head, `^${commit}`], { signal }))
      .split('\n')
      .filter(Boolean)
      .map((line) => line.split(' '));
  const own = await since('--first-parent');
  const oldest = own.at(-1);
  if (oldest === undefined || oldest[1] === commit) return { kind: 'on-line' };
  const descendants = new Set((await since('--ancestry-path')).map(([hash]) => hash));
  const [joinedBy, before] = own.findLast(([hash]) => descendants.has(hash)) ?? [];
  if (joinedBy === undefined || before === undefined)
    throw new Error(`commit ${commit} is not on the branch`);
  return { kind: 'inside', joinedBy, before };
}
