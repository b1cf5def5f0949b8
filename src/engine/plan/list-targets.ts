import type { Commit } from '../../domain/git/git-facts.ts';
import type { Refused } from '../../domain/refusal.ts';
import type { Service } from '../../domain/team/team.ts';
import { type Git, GitTroubled } from '../ports/git.ts';
import { findReleases } from './previous-release.ts';
import { refuseTrouble } from './refuse-trouble.ts';
import { repositoryOf } from './repository-of.ts';

/** Releases that a service can be rolled back to: the previous one first, then the others, newest first. */
export async function listTargets(
  { git }: { readonly git: Git },
  service: Service,
): Promise<{ readonly kind: 'targets'; readonly releases: readonly Commit[] } | Refused> {
  const ref = repositoryOf(service);
  try {
    const { others, previous } = await findReleases(git, ref, await git.fetchHead(ref));
    const rest = others.filter((release) => release !== previous);
    return { kind: 'targets', releases: previous === undefined ? rest : [previous, ...rest] };
  } catch (error) {
    if (!(error instanceof GitTroubled)) throw error;
    return refuseTrouble(error);
  }
}
