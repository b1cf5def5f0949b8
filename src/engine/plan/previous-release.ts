import type { Commit } from '../../domain/git/git-facts.ts';
import type { Git, RepositoryRef } from '../ports/git.ts';

const CONSIDERED_RELEASES = 20;

export type Releases = {
  /** Newest first, without any that has the content of what is deployed. */
  readonly others: readonly Commit[];
  /** The release before what is deployed. */
  readonly previous: Commit | undefined;
};

/**
 * A service's releases as seen from what is deployed: the newest release with the content of the branch's head. So
 * after a rollback to v1.3.0 the previous one is v1.2.0; with unreleased commits on top, it is the newest.
 */
export async function findReleases(git: Git, ref: RepositoryRef, deployed: Commit): Promise<Releases> {
  const releases = await git.listReleases(ref, CONSIDERED_RELEASES);
  for (const [index, release] of releases.entries()) {
    if (!(await hasSameContent(git, ref, release, deployed))) continue;
    return { others: releases.filter((other) => other !== release), previous: releases[index + 1] };
  }
  return { others: releases, previous: releases[0] };
}

async function hasSameContent(
  git: Git,
  ref: RepositoryRef,
  release: Commit,
  deployed: Commit,
): Promise<boolean> {
  if (release.hash === deployed.hash) return true;
  const range = await git.describeRange(ref, { target: release.hash, head: deployed.hash });
  return range.fileCount === 0;
}
