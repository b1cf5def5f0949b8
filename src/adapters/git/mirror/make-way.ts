import type { RunGit } from '../run-git.ts';

/**
 * Forgets the branches beside which this one can't be, since a name is a file or a folder: `release` beside
 * `release/2030`. The remote can't have both either. Returns whether there was one. `branch` is a ref's full name.
 */
export async function makeWay(git: RunGit, branch: string): Promise<boolean> {
  const refs = (await git(['for-each-ref', '--format=%(refname)', 'refs/heads/']))
    .split('\n')
    .filter(Boolean);
  const others = refs.filter((ref) => branch.startsWith(`${ref}/`) || ref.startsWith(`${branch}/`));
  if (others.length === 0) return false;
  await git(['update-ref', '--stdin'], { input: others.map((ref) => `delete ${ref}\n`).join('') });
  return true;
}
