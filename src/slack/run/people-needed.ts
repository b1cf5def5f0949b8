import { approvingRoles } from '../../domain/run/approvals.ts';
import { rolesToAnswer } from '../../domain/run/decide-step.ts';
import { currentStep, type Run } from '../../domain/run/run.ts';
import { holdersOf } from '../../domain/team/holders.ts';
import { breakGlassRoles, type Team } from '../../domain/team/team.ts';
import type { PeopleNeeded } from '../../engine/messages/run-message.ts';

/** The people and user groups behind the roles that a run asks for, as walkback.yml names them now. */
export function peopleNeeded(run: Run, team: Pick<Team, 'roles' | 'permissions'>): PeopleNeeded {
  const { roles, permissions } = team;
  const { approval } = run.plan;
  const requester = run.requestedBy.kind === 'user' ? [run.requestedBy.id] : [];
  const out = approval.requesterMayApprove ? [] : requester;
  const given = run.approvals.flatMap(({ by }) => (by.kind === 'user' ? [by.id] : []));
  const step = currentStep(run);
  const answering = step === undefined ? permissions.decide : rolesToAnswer(step, permissions.decide);
  return {
    mayApprove: holdersOf(roles, approvingRoles(run)).filter(
      (id) => !out.includes(id) && !given.includes(id),
    ),
    needed: holdersOf(roles, answering),
    raised: holdersOf(roles, run.raised?.roles ?? []),
    seniors: holdersOf(roles, breakGlassRoles(team)),
  };
}
