import type { Person } from '../../domain/actor.ts';
import { type Refused, refuse } from '../../domain/refusal.ts';
import type { Team } from '../../domain/team/team.ts';
import type { Listening } from './listening.ts';

/** Who Slack signed for: the user's id, and the workspace they belong to. */
export type Caller = { readonly user: string; readonly team: string | undefined };

/** The caller of a press, a submission or a shortcut. */
export const callerOf = ({
  user,
  team,
}: {
  readonly user: { readonly id: string; readonly team_id?: string };
  readonly team?: { readonly id: string } | null;
}): Caller => ({ user: user.id, team: user.team_id ?? team?.id });

/**
 * The person behind a caller, with the roles that they hold now. Refused: others' workspaces, bots, deactivated users.
 * Where Slack can't be asked about the account it is let in, since Slack signed for it; it gets no role by that.
 */
export async function asPerson(
  { people, teamId }: Pick<Listening, 'people' | 'teamId'>,
  team: Team,
  caller: Caller,
): Promise<{ readonly kind: 'person'; readonly person: Person } | Refused> {
  if (caller.team !== teamId) return refuse({ reason: 'other-workspace' });
  const [account, held] = await Promise.all([people.account(caller.user), people.rolesOf(team, caller.user)]);
  if (account === 'bot' || account === 'deactivated') return refuse({ reason: 'not-a-person', account });
  return { kind: 'person', person: { id: caller.user, ...held } };
}
