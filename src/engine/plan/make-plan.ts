import type { BlastRadius } from '../../domain/git/blast-radius.ts';
import type { Commit } from '../../domain/git/git-facts.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { digestPlan } from '../../domain/plan/plan-digest.ts';
import { renderPlan } from '../../domain/plan/render-plan.ts';
import type { Refused } from '../../domain/refusal.ts';
import type { Team } from '../../domain/team/team.ts';
import type { Catalog } from '../ports/catalog.ts';
import type { EventStore } from '../ports/event-store.ts';
import { type Git, GitTroubled } from '../ports/git.ts';
import { type Chosen, choose } from './choose.ts';
import { findMove } from './find-move.ts';
import { refuseTrouble } from './refuse-trouble.ts';

export type PlanRequest = {
  readonly service: string;
  /** Left out: the service's first environment, and its first playbook. */
  readonly environment?: string | undefined;
  readonly playbook?: string | undefined;
  readonly severity: string;
  /** Left out: the previous release. */
  readonly target?: string | undefined;
  /** What a target given as a commit is called, where that has a tag of this name. */
  readonly called?: string | undefined;
  /** The run that it is for, where that is there already: what it did itself is no history. */
  readonly except?: string | undefined;
  readonly parameters: Readonly<Record<string, string>>;
};

export type Planned = { readonly kind: 'planned'; readonly plan: Plan; readonly digest: string };
export type Planning = { readonly git: Git; readonly catalog: Catalog; readonly store: EventStore };

/** Works out exactly what would run: target resolved to a commit, blast radius read from git, steps rendered. */
export async function makePlan(deps: Planning, request: PlanRequest): Promise<Planned | Refused> {
  const team = await deps.catalog.team();
  const chosen = await choose(team, deps.catalog, request);
  if (chosen.kind === 'refused') return chosen;
  try {
    const { target: wanted, called, except } = request;
    const move = await findMove(deps, { ...chosen, wanted, called, except });
    if (move.kind === 'refused') return move;
    const { target, deployed, blastRadius } = move;
    return finishPlan({ team, ...chosen, target, deployed, blastRadius });
  } catch (error) {
    if (!(error instanceof GitTroubled)) throw error;
    return refuseTrouble(error);
  }
}

/** Renders and digests; a pure end to planning, used again when a plan is rechecked. */
export function finishPlan(
  input: Omit<Chosen, 'kind' | 'service'> & {
    readonly team: Team;
    readonly target: Commit;
    readonly deployed: Commit;
    readonly blastRadius: BlastRadius;
  },
): Planned {
  const plan = renderPlan({ ...input, service: input.serviceName });
  return { kind: 'planned', plan, digest: digestPlan(plan) };
}
