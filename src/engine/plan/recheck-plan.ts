import type { Refused } from '../../domain/refusal.ts';
import type { ReplacedBecause } from '../../domain/run/events.ts';
import { type Hindrance, hindranceOf } from '../../domain/run/hindrance.ts';
import type { Run } from '../../domain/run/run.ts';
import type { Severity } from '../../domain/severity.ts';
import { choose } from './choose.ts';
import { hindranceIn } from './hindrance-in.ts';
import { finishPlan, makePlan, type Planned, type Planning, type PlanRequest } from './make-plan.ts';
import { repositoryOf } from './repository-of.ts';

export type Rechecked =
  | { readonly kind: 'same' }
  | { readonly kind: 'changed'; readonly because: ReplacedBecause; readonly planned: Planned }
  /** What was approved can't be done any more, whoever waits. */
  | Refused
  /** The files or the repository that a plan is made from can't be read just now. */
  | Hindrance;

/**
 * Computes a run's plan again from the files and the branch as they are now. The blast radius need not be read
 * again while the branch is where it was: it follows from two commits.
 */
export function recheckPlan(deps: Planning, run: Run): Promise<Rechecked> {
  return orSayWhyNot(() => compare(deps, run));
}

/** Plans anew, back to the very same commit. */
export function replan(deps: Planning, run: Run, because: ReplacedBecause): Promise<Rechecked> {
  return orSayWhyNot(async () => {
    const planned = await makePlan(deps, requestOf(run));
    return planned.kind === 'refused' ? planned : { kind: 'changed', because, planned };
  });
}

/**
 * The same rollback under another severity, from the files alone: its commits stay what they are, and whether the
 * branch has moved is found out before the first step. Throws ConfigurationBroken.
 */
export async function restatePlan(
  { catalog }: Pick<Planning, 'catalog'>,
  run: Run,
  severity: Severity,
): Promise<Planned | Refused> {
  const team = await catalog.team();
  const chosen = await choose(team, catalog, { ...requestOf(run), severity });
  return chosen.kind === 'refused' ? chosen : finishPlan({ team, ...chosen, ...rangeOf(run) });
}

async function compare(deps: Planning, run: Run): Promise<Rechecked> {
  const team = await deps.catalog.team();
  const chosen = await choose(team, deps.catalog, requestOf(run));
  if (chosen.kind === 'refused') return chosen;
  const head = await deps.git.remoteHead(repositoryOf(chosen.service));
  if (head !== run.plan.deployed.hash) return replan(deps, run, 'branch-moved');
  const planned = finishPlan({ team, ...chosen, ...rangeOf(run) });
  if (planned.digest === run.digest) return { kind: 'same' };
  const because =
    planned.plan.playbook.fileDigest === run.plan.playbook.fileDigest
      ? 'configuration-changed'
      : 'playbook-changed';
  return { kind: 'changed', because, planned };
}

async function orSayWhyNot(plan: () => Promise<Rechecked>): Promise<Rechecked> {
  try {
    const rechecked = await plan();
    return rechecked.kind === 'refused' ? (hindranceOf(rechecked.refusal) ?? rechecked) : rechecked;
  } catch (error) {
    const hindrance = hindranceIn(error);
    if (hindrance === undefined) throw error;
    return hindrance;
  }
}

const rangeOf = ({ plan: { target, deployed, blastRadius } }: Run) => ({ target, deployed, blastRadius });

const requestOf = ({ id, plan }: Run): PlanRequest => ({
  service: plan.service,
  environment: plan.environment,
  playbook: plan.playbook.name,
  severity: plan.severity,
  target: plan.target.hash,
  called: plan.target.release ?? undefined,
  except: id,
  parameters: plan.parameters,
});
