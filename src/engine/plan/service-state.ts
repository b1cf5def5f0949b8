import type { Commit } from '../../domain/git/git-facts.ts';
import type { RolledBack } from '../../domain/git/rolled-back.ts';
import { rolledBackPaths } from '../../domain/playbook/rolled-back-paths.ts';
import type { Refused } from '../../domain/refusal.ts';
import { GitTroubled } from '../ports/git.ts';
import { chooseProcedure } from './choose.ts';
import { findReleases, type Releases } from './find-releases.ts';
import type { Planning } from './make-plan.ts';
import { refuseTrouble } from './refuse-trouble.ts';
import { repositoryOf } from './repository-of.ts';
import { readServiceHistory } from './service-history.ts';

/** What a service can be rolled back to. */
export type Target = {
  readonly commit: Commit;
  /** Whether a rollback goes there that names no target. */
  readonly isPrevious: boolean;
  /** That somebody has gone away from it before. */
  readonly rolledBack: RolledBack | undefined;
};

/** How a service stands, as a rollback by its first playbook would find it. */
export type ServiceState = {
  readonly kind: 'state';
  /** The head of its branch. */
  readonly deployed: Commit;
  /** The newest release that has the content of what is deployed; undefined with unreleased commits on top. */
  readonly release: Commit | undefined;
  /** Where a rollback goes that names no target; undefined where there is none to go to. */
  readonly previous: Commit | undefined;
  /** Releases of other content than what is deployed: the previous one first, then the others, newest first. */
  readonly targets: readonly Target[];
  /** Why what is deployed isn't known, in words; undefined where nothing speaks against its being the branch's head. */
  readonly unknown: string | undefined;
};

/** What is deployed of a service and what is before it. Refused for an unknown service, environment or playbook, or where git can't. */
export async function readServiceState(
  deps: Planning,
  request: {
    readonly service: string;
    readonly environment?: string | undefined;
    readonly playbook?: string | undefined;
  },
): Promise<ServiceState | Refused> {
  const chosen = await chooseProcedure(await deps.catalog.team(), deps.catalog, request);
  if (chosen.kind === 'refused') return chosen;
  const ref = repositoryOf(chosen.service);
  try {
    const [deployed, history] = await Promise.all([
      deps.git.fetchHead(ref),
      readServiceHistory(deps, { service: request.service, environment: chosen.environment }),
    ]);
    const paths = rolledBackPaths(chosen.loaded.playbook);
    const found = await findReleases(deps, ref, { head: deployed, paths, history });
    return {
      kind: 'state',
      deployed,
      release: found.deployed[0]?.commit,
      previous: found.previous?.commit,
      targets: targetsOf(found),
      unknown: history.unknownAt(deployed.hash),
    };
  } catch (error) {
    if (!(error instanceof GitTroubled)) throw error;
    return refuseTrouble(error);
  }
}

function targetsOf({ all, deployed, previous, rolledBack }: Releases): readonly Target[] {
  const others = all.filter((release) => release !== previous && !deployed.includes(release));
  return [...(previous === undefined ? [] : [previous]), ...others].map((release) => ({
    commit: release.commit,
    isPrevious: release === previous,
    rolledBack: rolledBack.get(release.commit.hash),
  }));
}
