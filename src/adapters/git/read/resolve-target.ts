import type { RepositoryRef, ResolvedTarget } from '../../../engine/ports/git.ts';
import { firstParentLine } from '../first-parent-line.ts';
import { saysDamaged } from '../mirror/find-damage.ts';
import { GitFailed, type RunGit } from '../run-git.ts';
import { logCommits } from './commit-format.ts';
import { isMalformedTarget } from './target-syntax.ts';

const HASH_LINE = /^[0-9a-f]{40}\n$/;

/** Resolves what a person typed to one commit on the branch; from then on only the hash is used. */
export async function resolveTarget(
  { git, ref }: { readonly git: RunGit; readonly ref: RepositoryRef },
  { target, called }: { readonly target: string; readonly called: string | undefined },
): Promise<ResolvedTarget> {
  if (isMalformedTarget(target)) return { kind: 'malformed' };
  const hash = await commitNamed(git, target);
  if (hash === undefined) return refused({ git, ref }, 'not-a-commit');
  if (!(await isOnBranch({ git, ref }, hash))) return refused({ git, ref }, 'not-on-branch');
  const [commit] = await logCommits({ git, releases: ref.releases, revisions: [hash], limit: 1 });
  if (commit === undefined) throw new Error(`commit ${hash} is not in its own log`);
  // A team may tag its releases on what it merges.
  const inside = commit.release === null ? await insideMerge({ git, ref }, hash) : undefined;
  if (inside !== undefined) return inside;
  const named = await tagOn(git, { hash, names: [target, called] });
  return { kind: 'commit', commit: named === undefined ? commit : { ...commit, release: named } };
}

/** Git says of a commit that it lost what it says of one that never was: throws where the branch isn't whole. */
async function refused(
  { git, ref }: { readonly git: RunGit; readonly ref: RepositoryRef },
  kind: 'not-a-commit' | 'not-on-branch',
): Promise<ResolvedTarget> {
  await git(['rev-list', '--count', `refs/heads/${ref.branch}`]);
  return { kind };
}

async function insideMerge(
  { git, ref }: { readonly git: RunGit; readonly ref: RepositoryRef },
  commit: string,
): Promise<ResolvedTarget | undefined> {
  const line = await firstParentLine({ git, commit, head: `refs/heads/${ref.branch}` });
  return line.kind === 'on-line'
    ? undefined
    : { kind: 'inside-merge', merge: line.joinedBy, before: line.before };
}

/** The first of the names that is a tag of this very commit, be it no release. */
async function tagOn(
  git: RunGit,
  { hash, names }: { readonly hash: string; readonly names: readonly (string | undefined)[] },
): Promise<string | undefined> {
  for (const name of names) {
    if (name === undefined || hash.startsWith(name) || isMalformedTarget(name)) continue;
    if ((await commitNamed(git, `refs/tags/${name}`)) === hash) return name;
  }
  return undefined;
}

async function commitNamed(git: RunGit, target: string): Promise<string | undefined> {
  try {
    const output = await git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${target}^{commit}`]);
    return HASH_LINE.test(output) ? output.trim() : undefined;
  } catch (error) {
    // Unknown, ambiguous, or the name of something else.
    if (error instanceof GitFailed && !saysDamaged(error)) return undefined;
    throw error;
  }
}

/** Counts what the commit has and the branch has not; merge-base's exit code would be silent, so slow. */
async function isOnBranch(
  { git, ref }: { readonly git: RunGit; readonly ref: RepositoryRef },
  hash: string,
): Promise<boolean> {
  const missing = await git(['rev-list', '--count', '--max-count=1', hash, `^refs/heads/${ref.branch}`]);
  return missing.trim() === '0';
}
