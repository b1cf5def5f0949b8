import type { webApi } from '@slack/bolt';
import type { Team } from '../../domain/team.ts';
import type { HealthCheck, HealthFinding } from '../../engine/ports/health.ts';
import { judgeApprovals } from './judge-approvals.ts';
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
      const people = await lookUpPeople(client, [...new Set(Object.values(team.roles).flat())]);
      const roles = Object.entries(team.roles).flatMap(([role, users]) => judgeRole(role, users, people));
      return [...roles, ...judgeApprovals(team, people)];
    },
  };
}

function judgeRole(
  role: string,
  users: readonly string[],
  people: ReadonlyMap<string, KnownPerson>,
): readonly HealthFinding[] {
  if (users.length === 0)
    return [{ level: 'warning', what: `${role}: nobody is in it`, todo: `add somebody to roles.${role}` }];
  const amiss = users.flatMap((user): readonly HealthFinding[] => {
    const person = people.get(user);
    if (person?.amiss === undefined) return [];
    return [{ level: 'problem', what: `${role}: ${person.shown} ${person.amiss}`, todo: fix(role, user) }];
  });
  if (amiss.length > 0) return amiss;
  return [{ level: 'ok', what: `${role}: ${users.map((user) => people.get(user)?.shown).join(', ')}` }];
}

const fix = (role: string, user: string): string =>
  `take ${user} out of roles.${role}, or put the right id there`;
