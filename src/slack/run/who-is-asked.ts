import { isRunEvent } from '../../domain/events.ts';
import { approvingRoles } from '../../domain/run/approvals.ts';
import type { Run } from '../../domain/run/run.ts';
import type { Team } from '../../domain/team/team.ts';
import type { Delivering } from '../delivery/delivering.ts';

type Asking = Pick<Delivering, 'people' | 'store'>;

/** More would only be noise: the card is there for all. */
const AT_MOST = 10;

/** Whether Slack tells of everybody in these roles, so that each can be asked directly; not where there is nobody. */
export async function canAllBeAsked(
  { people }: Asking,
  team: Team,
  roles: readonly string[],
): Promise<boolean> {
  const members = await Promise.all(roles.map((role) => people.membersOf(team, role)));
  return members.some(({ users }) => users.length > 0) && members.every(({ unsure }) => !unsure);
}

/** User ids of those to be asked directly for their approval now: who may give it and hasn't, each once. */
export async function whoIsAsked(
  deps: Asking,
  team: Team,
  run: Run,
  now: number,
): Promise<readonly string[]> {
  if (run.status !== 'awaiting_approval' || now >= Date.parse(run.expiresAt)) return [];
  const { requestedBy, approvals, plan } = run;
  const asker = requestedBy.kind === 'user' && !plan.approval.requesterMayApprove ? [requestedBy.id] : [];
  const given = approvals.flatMap(({ by }) => (by.kind === 'user' ? [by.id] : []));
  const holders = await holdersNow(deps, team, approvingRoles(run));
  return holders.filter((user) => !asker.includes(user) && !given.includes(user)).slice(0, AT_MOST);
}

/** User ids of those who may have been asked, for any of its plans. */
export async function whoWasAsked(deps: Asking, team: Team, run: Run): Promise<readonly string[]> {
  const events = (await deps.store.read(run.id)).filter(isRunEvent);
  const roles = events.flatMap(({ type, payload }) =>
    type === 'rollback.requested' || type === 'plan.replaced'
      ? [...payload.plan.approval.roles, ...payload.plan.approval.raiseTo]
      : [],
  );
  const given = events.flatMap(({ type, actor }) =>
    type === 'approval.granted' && actor.kind === 'user' ? [actor.id] : [],
  );
  return [...new Set([...(await holdersNow(deps, team, [...new Set(roles)])), ...given])];
}

async function holdersNow(
  { people }: Asking,
  team: Team,
  roles: readonly string[],
): Promise<readonly string[]> {
  const members = await Promise.all(roles.map((role) => people.membersOf(team, role)));
  return [...new Set(members.flatMap(({ users }) => users))];
}
