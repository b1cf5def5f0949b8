import { namedEntries, type Partly } from '../problem/partly.ts';
import { describeFound, type Path } from '../problem/problem.ts';
import { holdsPassword, holdsSecret } from '../secret-shapes.ts';
import { isReserved } from '../steps/reserved-variables.ts';
import { businessHoursRules } from './business-hours-rules.ts';
import type { TeamRule } from './rule.ts';
import { severityRules } from './severity-rules.ts';
import type { Environment, Team } from './team.ts';
import { unknownRoles } from './unknown-roles.ts';

const REPOSITORY = /^(\/|https?:\/\/[^/]|ssh:\/\/[^/]|file:\/\/\/|[A-Za-z0-9._]+@[A-Za-z0-9.-]+:[^/-])/;

/** What walkback.yml must meet by itself, whatever playbooks there are. */
export const teamRules: readonly TeamRule[] = [
  ...severityRules,
  ...businessHoursRules,
  {
    name: 'permission-roles-exist',
    check: (team) =>
      namedEntries(team.permissions).flatMap(([permission, roles]) =>
        unknownRoles(team, ['permissions', permission], roles),
      ),
  },
  {
    name: 'roles-have-people',
    check: ({ roles }) =>
      namedEntries(roles)
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
    name: 'there-is-a-service',
    check: ({ services }) =>
      services === undefined || Object.keys(services).length > 0
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
      namedEntries(services).flatMap(([name, { environments }]) =>
        environments === undefined || Object.keys(environments).length > 0
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
      namedEntries(services).flatMap(([name, { repository }]) =>
        repository === undefined || REPOSITORY.test(repository)
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
    name: 'repositories-hold-no-password',
    check: ({ services }) =>
      namedEntries(services).flatMap(([name, { repository }]) =>
        repository === undefined || !holdsPassword(repository)
          ? []
          : [
              {
                path: ['services', name, 'repository'],
                expected:
                  'an address without a password, since everybody sees it with the plan; git finds one in the SSH agent or the credential helper of the user that Walkback runs as',
                found: describeFound(repository),
                example: `repository: ${repository.replace(/\/\/[^/]*@/, '//')}`,
              },
            ],
      ),
  },
  {
    name: 'branches-are-names',
    check: ({ services }) =>
      namedEntries(services).flatMap(([name, { branch }]) =>
        branch === undefined || /^(?![-/.])(?!.*(\.\.|@\{|\/\/))[^\s~^:?*[\\\p{Cc}]+(?<![/.])$/u.test(branch)
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
    name: 'variables-hold-no-secret',
    check: (team) =>
      environmentsOf(team).flatMap(({ path, environment }) =>
        namedEntries(environment.variables)
          .filter(([name, value]) => holdsSecret(`${name}=${value}`))
          .map(([name]) => ({
            path: [...path, 'variables', name],
            level: 'warning' as const,
            expected:
              'no secret, since everybody sees variables with the plan; a command reads one where it is kept',
            found: 'what looks like one',
            example: 'DEPLOY_TOKEN_FILE: /run/secrets/deploy-token',
          })),
      ),
  },
  {
    name: 'reserved-variables-are-left-alone',
    check: (team) =>
      environmentsOf(team).flatMap(({ path, environment }) =>
        Object.keys(environment.variables ?? {})
          .filter(isReserved)
          .map((name) => ({
            path: [...path, 'variables', name],
            at: 'key',
            expected: 'a name that starts with neither PARAM_ nor WALKBACK_, which are set for every step',
            found: describeFound(name),
            example: `APP_${name.replace(/^(PARAM|WALKBACK)_/, '')} in place of ${name}`,
          })),
      ),
  },
];

const environmentsOf = (
  team: Partly<Team>,
): readonly { readonly path: Path; readonly environment: Partly<Environment> }[] =>
  namedEntries(team.services).flatMap(([service, { environments }]) =>
    namedEntries(environments).map(([name, environment]) => ({
      path: ['services', service, 'environments', name],
      environment,
    })),
  );
