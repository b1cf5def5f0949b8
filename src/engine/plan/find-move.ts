import { assessBlastRadius, type BlastRadius } from '../../domain/git/blast-radius.ts';
import type { Commit } from '../../domain/git/git-facts.ts';
import { nameCommit } from '../../domain/plan/plan.ts';
import type { LoadedPlaybook } from '../../domain/playbook/playbook.ts';
import { rolledBackPaths } from '../../domain/playbook/rolled-back-paths.ts';
import { type Refused, refuse } from '../../domain/refusal.ts';
import type { Service } from '../../domain/team/team.ts';
import type { EventStore } from '../ports/event-store.ts';
import type { Git, ResolvedTarget } from '../ports/git.ts';
import { createRedactor } from '../redact.ts';
import { findReleases } from './find-releases.ts';
import { repositoryOf } from './repository-of.ts';
import { findRolledBack, readServiceHistory, type ServiceHistory } from './service-history.ts';

/** From what to what a plan goes, and what that undoes. */
export type Move = {
  readonly kind: 'move';
  readonly deployed: Commit;
  readonly target: Commit;
  readonly blastRadius: BlastRadius;
};

type Wish = {
  readonly service: Service;
  readonly serviceName: string;
  readonly environment: string;
  readonly loaded: LoadedPlaybook;
  /** As PlanRequest has them. */
  readonly wanted: string | undefined;
  readonly called: string | undefined;
  readonly except: string | undefined;
};

/** Everything of a plan that comes from git and from earlier runs. Throws GitTroubled. */
export async function findMove(
  deps: { readonly git: Git; readonly store: EventStore },
  wish: Wish,
): Promise<Move | Refused> {
  const { git } = deps;
  const ref = repositoryOf(wish.service);
  const paths = rolledBackPaths(wish.loaded.playbook);
  const [deployed, history] = await Promise.all([
    git.fetchHead(ref),
    readServiceHistory(deps, { ...wish, service: wish.serviceName }),
  ]);
  const found = await findTarget(deps, { ...wish, deployed, paths, history });
  if (found.kind === 'refused') return found;
  const target = found.commit;
  const [range, rolledBack] = await Promise.all([
    git.describeRange(ref, { target: target.hash, head: deployed.hash, paths }),
    findRolledBack(deps, ref, { history, commits: [target.hash], releases: await git.listReleases(ref) }),
  ]);
  if (range.fileCount === 0)
    return refuse({ reason: 'target-already-deployed', target: wish.wanted ?? nameCommit(target), paths });
  const blastRadius = assessBlastRadius(range, {
    rolledBack: rolledBack.get(target.hash),
    deployedUnknown: history.unknownAt(deployed.hash),
  });
  return { kind: 'move', deployed, target, blastRadius };
}

async function findTarget(
  { git }: { readonly git: Git },
  wish: Wish & {
    readonly deployed: Commit;
    readonly paths: readonly string[];
    readonly history: ServiceHistory;
  },
): Promise<{ readonly kind: 'found'; readonly commit: Commit } | Refused> {
  const { service, serviceName, wanted, called, deployed, paths, history } = wish;
  const ref = repositoryOf(service);
  if (wanted === undefined) {
    const { previous } = await findReleases({ git }, ref, { head: deployed, paths, history });
    return previous === undefined
      ? refuse({ reason: 'no-previous-release', service: serviceName })
      : { kind: 'found', commit: previous.commit };
  }
  const resolved = await git.resolveTarget(ref, wanted, called);
  if (resolved.kind !== 'commit') return refuseUnresolved(resolved, { service, wanted });
  return resolved.commit.hash === deployed.hash
    ? refuse({ reason: 'target-already-deployed', target: wanted })
    : { kind: 'found', commit: resolved.commit };
}

function refuseUnresolved(
  resolved: Exclude<ResolvedTarget, { readonly kind: 'commit' }>,
  { service, wanted }: { readonly service: Service; readonly wanted: string },
): Refused {
  switch (resolved.kind) {
    case 'malformed':
      return refuse({ reason: 'target-malformed', target: wanted });
    case 'not-a-commit': {
      const repository = hideCredentials(service.repository);
      return refuse({ reason: 'target-not-a-commit', target: wanted, repository });
    }
    case 'not-on-branch':
      return refuse({ reason: 'target-not-on-branch', target: wanted, branch: service.branch });
    case 'inside-merge':
      return refuse({
        reason: 'target-inside-merge',
        target: wanted,
        branch: service.branch,
        merge: resolved.merge.slice(0, 7),
        before: resolved.before.slice(0, 7),
      });
  }
}

const hideCredentials = createRedactor({ secrets: [] });
