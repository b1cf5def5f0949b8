import type { Refused } from '../domain/refusal.ts';
import type { Run } from '../domain/run.ts';
import type { ReplacedBecause } from '../domain/run-events.ts';
import { choose, finishPlan, makePlan, type Planned, type PlanRequest } from './make-plan.ts';
import type { Catalog } from './ports/catalog.ts';
import type { Git } from './ports/git.ts';
import { repositoryOf } from './repository-of.ts';

export type Rechecked =
  | { readonly kind: 'same' }
  | { readonly kind: 'changed'; readonly because: ReplacedBecause; readonly planned: Planned }
  | Refused;

/**
 * Computes a run's plan again from the files and the branch as they are now. The blast radius need not be read
 * again while the branch is where it was: it follows from two commits.
 */
export async function recheckPlan(
  deps: { readonly git: Git; readonly catalog: Catalog },
  run: Run,
): Promise<Rechecked> {
  const team = await deps.catalog.team();
  const request = requestOf(run);
  const chosen = await choose(team, deps.catalog, request);
  if (chosen.kind === 'refused') return chosen;
  const head = await deps.git.remoteHead(repositoryOf(chosen.service));
  if (head !== run.plan.deployed.hash) return replan(deps, run, 'branch-moved');
  const { target, deployed, blastRadius } = run.plan;
  const planned = finishPlan({ team, ...chosen, target, deployed, blastRadius });
  if (planned.digest === run.digest) return { kind: 'same' };
  const because =
    planned.plan.playbook.fileDigest === run.plan.playbook.fileDigest
      ? 'configuration-changed'
      : 'playbook-changed';
  return { kind: 'changed', because, planned };
}

/** Plans anew, back to the very same commit. */
export async function replan(
  deps: { readonly git: Git; readonly catalog: Catalog },
  run: Run,
  because: ReplacedBecause,
): Promise<Rechecked> {
  const planned = await makePlan(deps, requestOf(run));
  return planned.kind === 'refused' ? planned : { kind: 'changed', because, planned };
}

const requestOf = ({ plan }: Run): PlanRequest => ({
  service: plan.service,
  environment: plan.environment,
  playbook: plan.playbook.name,
  severity: plan.severity,
  target: plan.target.hash,
  parameters: plan.parameters,
});
