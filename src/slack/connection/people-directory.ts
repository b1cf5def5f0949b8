import type { webApi } from '@slack/bolt';
import { isUserGroup } from '../../domain/team/team.ts';
import type { Log } from '../../engine/ports/log.ts';
import type { Account, PeopleDirectory } from '../../engine/ports/people-directory.ts';
import { SlackUnavailable } from '../../engine/ports/slack-unavailable.ts';
import { type Asked, createRememberedAnswers } from './remembered-answers.ts';
import { callSlack, isRefused } from './slack-failure.ts';

const KEEP_MS = 5 * 60_000;
/** A missing scope or method is mended by a person: no need to ask at every press. */
const REFUSED_MS = 60_000;
/** Whoever presses waits for this, and the trigger of a modal lives for three seconds. */
const PATIENCE_MS = 1_500;
const NO_GROUP = ['no_such_subteam', 'subteam_not_found'];

/**
 * Roles by walkback.yml and by the user groups that Slack tells of (usergroups.users.list), accounts by users.info.
 * Answers are kept for five minutes; older ones count for nothing. What Slack doesn't tell is unsure or unknown, and
 * logged once until it is told again. A group that doesn't exist has nobody in it.
 */
export function createPeopleDirectory({
  client,
  now,
  log,
  patienceMs = PATIENCE_MS,
}: {
  readonly client: webApi.WebClient;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: Pick<Log, 'warn'>;
  readonly patienceMs?: number;
}): PeopleDirectory {
  const askSlack = createAsking(log);
  const membersOfGroup = createRememberedAnswers({
    ask: (group) => askSlack(group, () => readMembers(client, group)),
    ...{ now, patienceMs },
  });
  const accountOf = createRememberedAnswers({
    ask: (user) => askSlack(user, () => readAccount(client, user)),
    ...{ now, patienceMs },
  });

  const holders = async (ids: readonly string[]): Promise<Holders> => {
    const groups = await Promise.all(ids.filter(isUserGroup).map((group) => membersOfGroup(group)));
    const users = [...ids.filter((id) => !isUserGroup(id)), ...groups.flatMap((members) => members ?? [])];
    return { users: [...new Set(users)], unsure: groups.includes(undefined) };
  };

  return {
    rolesOf: async ({ roles }, user) => {
      const judged = await Promise.all(
        Object.entries(roles).map(async ([role, ids]) => {
          if (ids.includes(user)) return { role, holds: true, unsure: false };
          const { users, unsure } = await holders(ids);
          return { role, holds: users.includes(user), unsure };
        }),
      );
      return {
        roles: judged.filter(({ holds }) => holds).map(({ role }) => role),
        unsure: judged.filter(({ holds, unsure }) => unsure && !holds).map(({ role }) => role),
      };
    },
    membersOf: async ({ roles }, role) => holders(Object.hasOwn(roles, role) ? (roles[role] ?? []) : []),
    account: async (user) => (await accountOf(user)) ?? 'unknown',
  };
}

type Holders = { readonly users: readonly string[]; readonly unsure: boolean };
/** What Slack tells, or its error code. */
type Told<Answer> = { readonly told: Answer } | { readonly error: string };

/** Asks Slack; where it doesn't tell, that is logged once for each id until it tells again. */
function createAsking(log: Pick<Log, 'warn'>) {
  const complained = new Set<string>();
  const complain = (id: string, why: object): void => {
    if (!complained.has(id))
      log.warn({ id, ...why }, "Slack doesn't tell who somebody is or who is in a group");
    complained.add(id);
  };
  return async <Answer>(id: string, read: () => Promise<Told<Answer>>): Promise<Asked<Answer>> => {
    try {
      const answer = await read();
      if ('error' in answer) {
        complain(id, answer);
        return { answer: undefined, keepMs: REFUSED_MS };
      }
      complained.delete(id);
      return { answer: answer.told, keepMs: KEEP_MS };
    } catch (error) {
      if (!(error instanceof SlackUnavailable)) throw error;
      complain(id, { error });
      return { answer: undefined, keepMs: error.retryAfterMs };
    }
  };
}

async function readMembers(client: webApi.WebClient, group: string): Promise<Told<readonly string[]>> {
  const answer = await callSlack(() => client.usergroups.users.list({ usergroup: group }));
  if (isRefused(answer)) return NO_GROUP.includes(answer.error) ? { told: [] } : answer;
  return { told: answer.users ?? [] };
}

async function readAccount(
  client: webApi.WebClient,
  user: string,
): Promise<Told<Exclude<Account, 'unknown'>>> {
  const answer = await callSlack(() => client.users.info({ user }));
  if (isRefused(answer)) return answer;
  const { deleted, is_bot } = answer.user ?? {};
  if (deleted === true) return { told: 'deactivated' };
  return { told: is_bot === true || user === 'USLACKBOT' ? 'bot' : 'active' };
}
