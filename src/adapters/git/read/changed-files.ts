import type { RunGit } from '../run-git.ts';

/**
 * Files that differ between two commits or trees (full hashes) on these paths (files, folders or globs; none:
 * everywhere). Git matches the globs itself: `**` crosses folders, `*` doesn't.
 */
export async function changedFiles(
  git: RunGit,
  { from, to, paths }: { readonly from: string; readonly to: string; readonly paths: readonly string[] },
): Promise<readonly string[]> {
  const output = await git([
    ...['diff-tree', '-r', '-z', '--name-only', '--no-renames', from, to, '--'],
    ...paths.map((path) => `:(top,glob)${path}`),
  ]);
  return output.split('\0').filter((path) => path !== '');
}
