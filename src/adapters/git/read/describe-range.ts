import { LISTED_COMMITS, LISTED_FILES, type RangeFacts } from '../../../domain/git/git-facts.ts';
import type { RepositoryRef } from '../../../engine/ports/git.ts';
import type { RunGit } from '../run-git.ts';
import { logCommits } from './commit-format.ts';

type Range = {
  readonly git: RunGit;
  readonly ref: RepositoryRef;
  readonly target: string;
  readonly head: string;
};

/** Commits in `target..head` and files that differ between the two trees; `target` and `head` are full hashes. */
export async function describeRange(range: Range): Promise<RangeFacts> {
  const { git, ref, target, head } = range;
  const revisions = [`${target}..${head}`];
  const [commits, count, files, migrations] = await Promise.all([
    logCommits({ git, releases: ref.releases, revisions, limit: LISTED_COMMITS }),
    git(['rev-list', '--count', ...revisions]),
    changedFiles(range, []),
    ref.migrations.length === 0 ? [] : changedFiles(range, ref.migrations),
  ]);
  return {
    commits,
    commitCount: Number(count),
    files: files.slice(0, LISTED_FILES),
    fileCount: files.length,
    migrations,
  };
}

/** Git matches the globs itself: `**` crosses folders, `*` doesn't. */
async function changedFiles(
  { git, target, head }: Range,
  globs: readonly string[],
): Promise<readonly string[]> {
  const patterns = globs.map((glob) => `:(top,glob)${glob}`);
  const output = await git([
    'diff-tree',
    '-r',
    '-z',
    '--name-only',
    '--no-renames',
    target,
    head,
    '--',
    ...patterns,
  ]);
  return output.split('\0').filter((path) => path !== '');
}
