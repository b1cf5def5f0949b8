import type { Team } from './team.ts';

/** Ids of the Slack users and user groups that hold any of these roles, each once. */
export const holdersOf = (roles: Team['roles'], wanted: readonly string[]): readonly string[] => [
  ...new Set(wanted.flatMap((role) => (Object.hasOwn(roles, role) ? (roles[role] ?? []) : []))),
];
