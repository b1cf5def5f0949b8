import type { Commit } from '../../domain/git/git-facts.ts';
import { previousRelease, type Release } from '../../domain/git/release.ts';
import type { RolledBack } from '../../domain/git/rolled-back.ts';
import type { Git, RepositoryRef } from '../ports/git.ts';
import { findRolledBack, type ServiceHistory } from './service-history.ts';

export type Releases = {
  /** The newest first. */
  readonly all: readonly Release[];
  /** Those that have the content of what is deployed. */
  readonly deployed: readonly Release[];
  /** The newest before what is deployed that has other content and was not rolled back itself. */
  readonly previous: Release | undefined;
  /** By hash of their commits. */
  readonly rolledBack: ReadonlyMap<string, RolledBack>;
};

/**
 * A service's releases as seen from what is deployed, which is the branch's head. After a rollback to v1.3.0 the
 * previous one is v1.2.0; with unreleased commits on top, it is the newest. `paths`: the only ones that count, where
 * only some are rolled back. `commits` are further ones of which to tell whether they were rolled back.
 */
export async function findReleases(
  { git }: { readonly git: Git },
  ref: RepositoryRef,
  {
    head,
    paths,
    history,
    commits = [],
  }: {
    readonly head: Commit;
    readonly paths: readonly string[];
    readonly history: ServiceHistory;
    readonly commits?: readonly string[];
  },
): Promise<Releases> {
  const all = await git.listReleases(ref);
  const [deployed, rolledBack] = await Promise.all([
    all.length === 0 ? [] : git.sameContent(ref, { commit: head.hash, releases: all, paths }),
    findRolledBack({ git }, ref, { history, commits, releases: all }),
  ]);
  const without = all.filter(({ commit }) => rolledBack.has(commit.hash));
  return { all, deployed, rolledBack, previous: previousRelease(all, { deployed, without }) };
}
