import { onTestFinished } from 'vitest';
import type { PeopleDirectory } from '../../src/engine/ports/people-directory.ts';
import { createPeopleDirectory } from '../../src/slack/connection/people-directory.ts';
import { createSlackClients } from '../../src/slack/connection/slack-clients.ts';
import { startAnsweringSlack } from './answering-slack.ts';
import { quietLog } from './quiet-log.ts';
import { type StrictSlack, startStrictSlack } from './strict-slack.ts';

export type PeopleSlack = {
  readonly people: PeopleDirectory;
  /** Members of user groups by id, as they are in Slack now: the test may change them. */
  readonly groups: Map<string, readonly string[]>;
  readonly time: { now: number };
  /** Where faults are put in and calls are seen. */
  readonly slack: StrictSlack;
  /** Messages of the log. */
  readonly warnings: readonly object[];
};

/**
 * A people directory on a Slack that knows these groups, and of accounts the active U1ACTIVE, U2APPROVER and U4LEAD,
 * the bot U7BOT and the deactivated U8GONE. The clock is the test's own.
 */
export async function startPeopleSlack(
  known: Readonly<Record<string, readonly string[]>> = {},
): Promise<PeopleSlack> {
  const groups = new Map(Object.entries(known));
  const upstream = await startAnsweringSlack({
    answers: {
      'usergroups.users.list': ({ usergroup = '' }) => {
        const users = groups.get(usergroup);
        return users === undefined ? { ok: false, error: 'no_such_subteam' } : { ok: true, users };
      },
      'users.info': ({ user = '' }) =>
        user in ACCOUNTS ? { ok: true, user: ACCOUNTS[user] } : { ok: false, error: 'user_not_found' },
    },
  });
  const slack = await startStrictSlack({ upstream });
  onTestFinished(slack.stop);
  const time = { now: Date.parse('2030-03-01T10:00:00.000Z') };
  const warnings: object[] = [];
  const people = createPeopleDirectory({
    client: createSlackClients({ token: 'xoxb-test', apiUrl: slack.apiUrl, log: quietLog }).messages,
    now: () => time.now,
    log: { warn: (fields) => warnings.push(fields) },
    patienceMs: 10_000,
  });
  return { people, groups, time, slack, warnings };
}

const active = { deleted: false, is_bot: false };
const ACCOUNTS: Readonly<Record<string, object>> = {
  U1ACTIVE: active,
  U2APPROVER: active,
  U4LEAD: active,
  U7BOT: { ...active, is_bot: true },
  U8GONE: { ...active, deleted: true },
};
