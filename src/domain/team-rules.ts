import { formatDuration } from './duration.ts';
import { describeFound, type Finding, type Path } from './problem.ts';
import { isReserved } from './reserved-variables.ts';
import type { Environment, Team } from './team.ts';

/** A rule about what walkback.yml means. */
export type TeamRule = { readonly name: string; readonly check: (team: Team) => readonly Finding[] };

const REPOSITORY = /^(\/|https?:\/\/[^/]|ssh:\/\/[^/]|file:\/\/\/|[A-Za-z0-9._]+@[A-Za-z0-9.-]+:[^/-])/;
const LONGEST_APPROVAL_MS = 7 * 24 * 60 * 60_000;

/** What walkback.yml must meet by itself, whatever playbooks there are. */
export const teamRules: readonly TeamRule[] = [
  {
    name: 'approval-roles-exist',
    check: (team) =>
      Object.entries(team.severities).flatMap(([severity, { approval }]) =>
        unknownRoles(team, ['severities', severity, 'approval', 'roles'], approval.roles),
      ),
  },
  {
    name: 'permission-roles-exist',
    check: (team) =>
      Object.entries(team.permissions).flatMap(([permission, roles]) =>
        unknownRoles(team, ['permissions', permission], roles),
      ),
  },
  {
    name: 'roles-have-people',
    check: ({ roles }) =>
      Object.entries(roles)
        .filter(([, users]) => users.length === 0)
        .map(([role]) => ({
          path: ['roles', role],
          at: 'key',
          level: 'warning',
          expected: 'somebody in the role',
          found: 'nobody',
          example: `${role}: [U024BE7LH]`,
        })),
  },
  {
    name: 'enough-people-to-approve',
    check: (team) =>
      Object.entries(team.severities).flatMap(([severity, { approval }]) => {
        const people = new Set(approval.roles.flatMap((role) => team.roles[role] ?? []));
        if (approval.roles.some((role) => !Object.hasOwn(team.roles, role)) || approval.count <= people.size)
          return [];
        const names = approval.roles.join(' and ');
        return [
          {
            path: ['severities', severity, 'approval', 'count'],
            expected: `a count of at most ${people.size}, the number of people in ${names}`,
            found: `${approval.count}`,
            example:
              people.size > 0 ? `count: ${people.size}` : `add somebody to roles.${approval.roles[0] ?? ''}`,
          },
        ];
      }),
  },
  {
    name: 'approvals-expire-in-time',
    check: ({ severities }) =>
      Object.entries(severities).flatMap(([severity, { approval }]) =>
        approval.expiresAfter >= 60_000 && approval.expiresAfter <= LONGEST_APPROVAL_MS
          ? []
          : [
              {
                path: ['severities', severity, 'approval', 'expiresAfter'],
                expected: 'from 1m to 7d',
                found: formatDuration(approval.expiresAfter),
                example: 'expiresAfter: 30m',
              },
            ],
      ),
  },
  {
    name: 'there-is-a-service',
    check: ({ services }) =>
      Object.keys(services).length > 0
        ? []
        : [
            {
              path: ['services'],
              expected: 'at least one service',
              found: 'none',
              example: 'services: { shop: { ... } }, see docs/writing-a-playbook.md',
            },
          ],
  },
  {
    name: 'services-have-environments',
    check: ({ services }) =>
      Object.entries(services).flatMap(([name, service]) =>
        Object.keys(service.environments).length > 0
          ? []
          : [
              {
                path: ['services', name, 'environments'],
                expected: 'at least one environment',
                found: 'none',
                example: 'environments: { production: { directory: /srv/shop } }',
              },
            ],
      ),
  },
  {
    name: 'repositories-are-addresses',
    check: ({ services }) =>
      Object.entries(services).flatMap(([name, { repository }]) =>
        REPOSITORY.test(repository)
          ? []
          : [
              {
                path: ['services', name, 'repository'],
                expected: 'an absolute path, https://, ssh://, file:/// or user@host:path',
                found: describeFound(repository),
                example: 'repository: git@git.example.com:team/shop.git',
              },
            ],
      ),
  },
  {
    name: 'branches-are-names',
    check: ({ services }) =>
      Object.entries(services).flatMap(([name, { branch }]) =>
        /^(?![-/.])(?!.*(\.\.|@\{|\/\/))[^\s~^:?*[\\\p{Cc}]+(?<![/.])$/u.test(branch)
          ? []
          : [
              {
                path: ['services', name, 'branch'],
                expected: 'the name of a branch',
                found: describeFound(branch),
                example: 'branch: main',
              },
            ],
      ),
  },
  {
    name: 'directories-are-absolute',
    check: (team) =>
      environmentsOf(team).flatMap(({ path, environment: { directory } }) =>
        directory === undefined || (directory.startsWith('/') && !directory.split('/').includes('..'))
          ? []
          : [
              {
                path: [...path, 'directory'],
                expected: 'an absolute path without ".."',
                found: describeFound(directory),
                example: 'directory: /srv/shop',
              },
            ],
      ),
  },
  {
    name: 'reserved-variables-are-left-alone',
    check: (team) =>
      environmentsOf(team).flatMap(({ path, environment }) =>
        Object.keys(environment.variables)
          .filter(isReserved)
          .map((name) => ({
            path: [...path, 'variables', name],
            at: 'key',
            expected: 'a name that starts with neither PARAM_ nor WALKBACK_, which are set for every step',
            found: describeFound(name),
            example: 'HEALTH_URL: https://shop.example.com/healthz',
          })),
      ),
  },
];

function unknownRoles(team: Team, path: Path, roles: readonly string[]): readonly Finding[] {
  const known = Object.keys(team.roles);
  return roles.flatMap((role, index) =>
    known.includes(role)
      ? []
      : [
          {
            path: [...path, index],
            expected: known.length > 0 ? `one of the roles ${known.join(', ')}` : 'a role under roles',
            found: describeFound(role),
            example: `roles: { ${role}: [U024BE7LH] }`,
          },
        ],
  );
}

const environmentsOf = (team: Team): readonly { readonly path: Path; readonly environment: Environment }[] =>
  Object.entries(team.services).flatMap(([service, { environments }]) =>
    Object.entries(environments).map(([name, environment]) => ({
      path: ['services', service, 'environments', name],
      environment,
    })),
  );
