import type { Release } from '../../../domain/git/release.ts';
import type { RunGit } from '../run-git.ts';

/** Of a service with more releases than that, the newest so many are compared where only some paths count. */
const COMPARED = 50;

/**
 * Which releases have the content of a commit on these paths (files, folders or globs; none: everywhere). Two
 * processes, however many releases there are.
 */
export async function sameContent(
  git: RunGit,
  {
    commit,
    releases,
    paths,
  }: {
    readonly commit: string;
    readonly releases: readonly Release[];
    readonly paths: readonly string[];
  },
): Promise<readonly Release[]> {
  const tree = (await git(['rev-parse', '--verify', '--end-of-options', `${commit}^{tree}`])).trim();
  if (paths.length === 0) return releases.filter((release) => release.tree === tree);
  const compared = releases.slice(0, COMPARED);
  const others = compared.map((release) => release.tree).filter((other) => other !== tree);
  if (others.length === 0) return compared;
  const output = await git(['diff-tree', '--stdin', '-r', '--raw', '--no-renames', '--', ...globs(paths)], {
    input: others.map((other) => `${tree} ${other}\n`).join(''),
  });
  const differing = treesThatDiffer(output);
  return compared.filter((release) => !differing.has(release.tree));
}

/** Each pair of trees is a line of its own, with a line that begins with a colon for each file below it. */
function treesThatDiffer(output: string): ReadonlySet<string> {
  const differing = new Set<string>();
  let tree = '';
  for (const line of output.split('\n')) {
    if (line.startsWith(':')) differing.add(tree);
    else tree = line.split(' ')[1] ?? '';
  }
  return differing;
}

/** As git takes them: a star stays inside a folder, two stars cross folders. */
const globs = (patterns: readonly string[]): readonly string[] =>
  patterns.map((pattern) => `:(top,glob)${pattern}`);
