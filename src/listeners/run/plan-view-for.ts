import type { Person } from '../../domain/actor.ts';
import { titleOfPlan } from '../../domain/plan/title-of-plan.ts';
import { decisionsOpenTo } from '../../domain/run/decide-approval.ts';
import type { Run } from '../../domain/run/run.ts';
import { breakGlassRoles, type Team } from '../../domain/team/team.ts';
import { type Clock, toIso } from '../../engine/ports/clock.ts';
import type { Modal } from '../../slack/kit/block-kit.ts';
import { peopleNeeded } from '../../slack/run/people-needed.ts';
import { type PlanViewParts, runPlanView } from '../../slack/run/plan-view.ts';
import { explainRefusal } from '../door/explain-refusal.ts';

/** Who looks, with the files and the time of this request. */
type Looking = { readonly person: Person; readonly team: Team; readonly clock: Clock };

/** View plan as this person sees it now: with what they may decide about the plan in force, or why they may not. */
export function planViewFor(
  run: Run,
  { person, team, clock }: Looking,
  given: Pick<PlanViewParts, 'notice' | 'reason'> = {},
): Modal {
  const now = toIso(clock.now());
  const { may, whyNotApprove } = decisionsOpenTo(run, { person, now, mayBreak: breakGlassRoles(team) });
  const tells = run.status === 'awaiting_approval' && whyNotApprove !== undefined;
  return runPlanView(run, {
    serviceTitle: titleOfPlan(run.plan, team),
    mayApprove: peopleNeeded(run, team).mayApprove,
    may,
    ...(tells ? { whyNot: explainRefusal(whyNotApprove, { person, team }) } : {}),
    ...given,
  });
}

/** The same after a decision on a plan that is no longer in force: nothing was decided, and this is the new one. */
export const newPlanFor = (run: Run, looking: Looking, reason?: string): Modal =>
  planViewFor(run, looking, {
    reason,
    notice:
      ':warning: *The plan has changed since you saw it, so nothing was decided.* This is the new one: decide on it.',
  });
