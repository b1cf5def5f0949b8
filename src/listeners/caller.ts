import type { Person } from '../domain/actor.ts';
import { type Refused, refuse } from '../domain/refusal.ts';
import { rolesOf, type Team } from '../domain/team.ts';

/** Who Slack signed for: the user's id, and the workspace they belong to. */
export type Caller = { readonly user: string; readonly team: string | undefined };

/** The person behind a caller, with the roles that walkback.yml gives them now; others' workspaces are refused. */
export function asPerson(
  team: Team,
  ownTeamId: string,
  caller: Caller,
): { readonly kind: 'person'; readonly person: Person } | Refused {
  if (caller.team !== ownTeamId) return refuse({ reason: 'other-workspace' });
  return { kind: 'person', person: { id: caller.user, roles: rolesOf(team, caller.user) } };
}
