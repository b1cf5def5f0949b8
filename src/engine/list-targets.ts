import type { Commit } from '../domain/git-facts.ts';
import { type Refused, refuse } from '../domain/refusal.ts';
import type { Service } from '../domain/team.ts';
import { type Git, RepositoryUnreachable } from './ports/git.ts';
import { findPreviousRelease } from './previous-release.ts';
import { repositoryOf } from './repository-of.ts';

const OFFERED_RELEASES = 20;

/** Releases that a service can be rolled back to: the previous one first, then the others, newest first. */
export async function listTargets(
  { git }: { readonly git: Git },
  service: Service,
): Promise<{ readonly kind: 'targets'; readonly releases: readonly Commit[] } | Refused> {
  const ref = repositoryOf(service);
  try {
    const deployed = await git.fetchHead(ref);
    const releases = await git.listReleases(ref, OFFERED_RELEASES);
    const previous = await findPreviousRelease(git, ref, deployed);
    const others = releases.filter(({ hash }) => hash !== previous?.hash && hash !== deployed.hash);
    return { kind: 'targets', releases: previous === undefined ? others : [previous, ...others] };
  } catch (error) {
    if (!(error instanceof RepositoryUnreachable)) throw error;
    return refuse({ reason: 'repository-unreachable', repository: error.repository, detail: error.message });
  }
}
