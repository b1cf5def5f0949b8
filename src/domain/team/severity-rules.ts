import { formatDuration } from '../duration.ts';
import { allRead, namedEntries } from '../problem/partly.ts';
import type { TeamRule } from './rule.ts';
import { isUserGroup } from './team.ts';
import { unknownRole, unknownRoles } from './unknown-roles.ts';

const LONGEST_APPROVAL_MS = 7 * 24 * 60 * 60_000;

/** What the severities of walkback.yml must meet: roles that exist, enough people, times in order. */
export const severityRules: readonly TeamRule[] = [
  {
    name: 'approval-roles-exist',
    check: (team) =>
      namedEntries(team.severities).flatMap(([severity, { approval }]) =>
        unknownRoles(team, ['severities', severity, 'approval', 'roles'], approval?.roles),
      ),
  },
  {
    name: 'raised-roles-exist',
    check: (team) =>
      namedEntries(team.severities).flatMap(([severity, { approval }]) =>
        unknownRoles(team, ['severities', severity, 'approval', 'raiseTo'], approval?.raiseTo),
      ),
  },
  {
    name: 'ladder-roles-exist',
    check: (team) =>
      namedEntries(team.severities).flatMap(([severity, { ladder }]) =>
        (ladder ?? []).flatMap((rung, index) =>
          unknownRole(team, {
            path: ['severities', severity, 'ladder', index, 'role'],
            role: rung?.role,
            example: (close) => `role: ${close}`,
          }),
        ),
      ),
  },
  {
    name: 'updates-leave-time-to-write-them',
    check: ({ severities }) =>
      namedEntries(severities).flatMap(([severity, { updates }]) =>
        updates?.every === undefined || updates.every >= 1_000
          ? []
          : [
              {
                path: ['severities', severity, 'updates', 'every'],
                expected: 'at least 1s',
                example: 'every: 30m',
              },
            ],
      ),
  },
  {
    name: 'enough-people-to-approve',
    check: (team) =>
      namedEntries(team.severities).flatMap(([severity, { approval }]) => {
        const roles = allRead(approval?.roles);
        const holders = allRead(
          roles?.map((role) => allRead(namedEntries(team.roles).find(([name]) => name === role)?.[1])),
        );
        if (roles === undefined || holders === undefined || approval?.count === undefined) return [];
        const people = new Set(holders.flat());
        // How many a user group brings is Slack's to say: the doctor asks.
        if (approval.count <= people.size || [...people].some(isUserGroup)) return [];
        const names = roles.join(' and ');
        return [
          {
            path: ['severities', severity, 'approval', 'count'],
            expected: `a count of at most ${people.size}, the number of people in ${names}`,
            found: `${approval.count}`,
            example: people.size > 0 ? `count: ${people.size}` : `add somebody to roles.${roles[0] ?? ''}`,
          },
        ];
      }),
  },
  {
    name: 'approvals-expire-in-time',
    check: ({ severities }) =>
      namedEntries(severities).flatMap(([severity, { approval }]) => {
        const time = approval?.expiresAfter;
        if (time === undefined || (time >= 60_000 && time <= LONGEST_APPROVAL_MS)) return [];
        return [
          {
            path: ['severities', severity, 'approval', 'expiresAfter'],
            expected: 'from 1m to 7d',
            example: 'expiresAfter: 30m',
          },
        ];
      }),
  },
  {
    name: 'warnings-come-before-the-rollback',
    check: ({ severities }) =>
      namedEntries(severities).flatMap(([severity, { rollback }]) => {
        if (rollback?.decision !== 'automatic' || rollback.after === undefined) return [];
        const { after, warnAt = [] } = rollback;
        return warnAt.flatMap((time, index) =>
          time === undefined || time < after
            ? []
            : [
                {
                  path: ['severities', severity, 'rollback', 'warnAt', index],
                  expected: `a time before the rollback itself, which starts after ${formatDuration(after)}`,
                  example: 'rollback: { decision: automatic, after: 30m, warnAt: [20m, 25m] }',
                },
              ],
        );
      }),
  },
];
