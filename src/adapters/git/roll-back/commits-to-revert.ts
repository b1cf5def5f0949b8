import type { Rollback } from './rollback.ts';

/**
 * Hashes to revert, newest first, each against its first parent: the branch's own commits since the target, so of a
 * merge all that it brought in. A merge that brought in the target itself must stay, or the target would go with it:
 * in its place come, one by one, the other commits that it joined, which is where conflicts come from.
 */
export async function commitsToRevert({
  mirror,
  request,
  signal,
}: Omit<Rollback, 'folder'>): Promise<readonly string[]> {
  const { target, expectedHead } = request;
  const list = async (...args: readonly string[]): Promise<readonly string[]> =>
    (await mirror.git(['rev-list', '--topo-order', ...args], { signal })).split('\n').filter(Boolean);

  const range = `${target}..${expectedHead}`;
  const own = await list('--first-parent', range);
  const oldest = own.at(-1);
  if (oldest === undefined || (await list('--max-count=1', `${oldest}^1`))[0] === target) return own;
  const descendants = new Set(await list('--ancestry-path', range));
  const merge = own.findLastIndex((commit) => descendants.has(commit));
  const joined = own[merge];
  if (joined === undefined) return own;
  return [...own.slice(0, merge), ...(await list('--no-merges', joined, `^${target}`))];
}
