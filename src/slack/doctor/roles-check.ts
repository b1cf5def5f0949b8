import type { webApi } from '@slack/bolt';
import { isUserGroup, type Team } from '../../domain/team/team.ts';
import type { HealthCheck, HealthFinding } from '../../engine/ports/health.ts';
import { judgeApprovals } from './judge-approvals.ts';
import { type KnownGroup, lookUpGroups } from './look-up-groups.ts';
import { type KnownPerson, lookUpPeople } from './look-up-people.ts';
import { NO_TOKEN, type TokenTest } from './token-test.ts';

/** Can everybody whom a role names act, and are there enough of them for every severity's approval? */
export function createRolesCheck({
  client,
  testToken,
  team,
}: {
  readonly client: webApi.WebClient;
  readonly testToken: TokenTest;
  readonly team: Pick<Team, 'roles' | 'permissions' | 'severities'>;
}): HealthCheck {
  return {
    title: 'Roles and approvals',
    run: async () => {
      if ((await testToken()).kind !== 'answered') return NO_TOKEN;
      const ids = [...new Set(Object.values(team.roles).flat())];
      const groups = await lookUpGroups(client, ids.filter(isUserGroup));
      const people = await lookUpPeople(
        client,
        ids.filter((id) => !isUserGroup(id)),
      );
      const roles = Object.entries(team.roles).flatMap(([role, holders]) =>
        judgeRole(role, holders, { people, groups }),
      );
      return [...roles, ...judgeApprovals({ ...team, roles: withMembers(team.roles, groups) }, people)];
    },
  };
}

type Known = {
  readonly people: ReadonlyMap<string, KnownPerson>;
  readonly groups: ReadonlyMap<string, KnownGroup>;
};

function judgeRole(role: string, holders: readonly string[], known: Known): readonly HealthFinding[] {
  if (holders.length === 0)
    return [{ level: 'warning', what: `${role}: nobody is in it`, todo: `add somebody to roles.${role}` }];
  const amiss = holders.flatMap((id): readonly HealthFinding[] => {
    const { shown, amiss: why } = known.groups.get(id) ?? known.people.get(id) ?? {};
    return why === undefined
      ? []
      : [{ level: 'problem', what: `${role}: ${shown} ${why}`, todo: fix(role, id) }];
  });
  if (amiss.length > 0) return amiss;
  return [{ level: 'ok', what: `${role}: ${holders.map((id) => named(id, known)).join(', ')}` }];
}

function named(id: string, { people, groups }: Known): string | undefined {
  const group = groups.get(id);
  if (group === undefined) return people.get(id)?.shown;
  return `${group.shown} with ${group.users.length} ${group.users.length === 1 ? 'person' : 'people'}`;
}

/** Members of a group are taken to be active: Slack takes deactivated ones out. */
const withMembers = (roles: Team['roles'], groups: Known['groups']): Team['roles'] =>
  Object.fromEntries(
    Object.entries(roles).map(([role, holders]) => [
      role,
      [...new Set(holders.flatMap((id) => groups.get(id)?.users ?? [id]))],
    ]),
  );

const fix = (role: string, id: string): string =>
  isUserGroup(id)
    ? `see ${id} in Slack under "People & user groups", or take it out of roles.${role}`
    : `take ${id} out of roles.${role}, or put the right id there`;
