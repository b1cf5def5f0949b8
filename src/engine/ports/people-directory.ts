import type { Team } from '../../domain/team/team.ts';

/** What kind of account a user id is; 'unknown' where that could not be asked. */
export type Account = 'active' | 'bot' | 'deactivated' | 'unknown';

/** Who holds which role, with the members of user groups as they are known now. Never guesses. */
export type PeopleDirectory = {
  /** A user's roles; `unsure` are those that rest on a user group that could not be asked about. */
  readonly rolesOf: (
    team: Pick<Team, 'roles'>,
    user: string,
  ) => Promise<{ readonly roles: readonly string[]; readonly unsure: readonly string[] }>;
  /** User ids of those who hold a role, each once; `unsure` where there may be more. */
  readonly membersOf: (
    team: Pick<Team, 'roles'>,
    role: string,
  ) => Promise<{ readonly users: readonly string[]; readonly unsure: boolean }>;
  readonly account: (user: string) => Promise<Account>;
};
