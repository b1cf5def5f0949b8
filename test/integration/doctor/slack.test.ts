import { describe, expect, it, onTestFinished } from 'vitest';
import { readManifest } from '../../../src/adapters/yaml/read-manifest.ts';
import { runCheck } from '../../../src/cli/doctor/run-check.ts';
import { findFreePort } from '../../../src/demo/free-port.ts';
import { demoApp } from '../../../src/demo/slack-workspace.ts';
import { Team } from '../../../src/domain/team/team.ts';
import { createSlackClients } from '../../../src/slack/connection/slack-clients.ts';
import { createAppTokenCheck } from '../../../src/slack/doctor/app-token-check.ts';
import { createSlackChecks } from '../../../src/slack/doctor/check-slack.ts';
import { type SlackAnswers, startAnsweringSlack } from '../../support/answering-slack.ts';
import { startDemoSlack } from '../../support/demo-slack.ts';

const silent = { warn: () => undefined, error: () => undefined };
const { botScopes } = await readManifest();

const policy = { title: 'High', criteria: 'Much is down', approval: { roles: ['approver'] } };
const aTeam = (changes: { roles?: object; channels?: object } = {}): Team =>
  Team.parse({
    channels: { incidents: 'C0INCIDENTS' },
    roles: { responder: ['U0ROBIN'], approver: ['U0ALEX', 'U0SAM'] },
    permissions: { request: ['responder'], decide: ['responder'], unlock: ['approver'] },
    severities: {
      P0: { ...policy, approval: { roles: ['approver'], count: 2 } },
      P1: policy,
      P2: policy,
      P3: policy,
    },
    services: {},
    ...changes,
  });

const BOT = {
  team: 'Example Shop',
  team_id: 'T0EXAMPLE',
  user: 'walkback',
  user_id: 'U0BOT',
  bot_id: 'B0BOT',
};
const person = (name: string, changes: object = {}) => ({
  id: name,
  name: name.toLowerCase(),
  deleted: false,
  is_bot: false,
  ...changes,
});
const PEOPLE: Readonly<Record<string, object>> = {
  U0ROBIN: person('robin'),
  U0ALEX: person('alex'),
  U0SAM: person('sam'),
  U0GONE: person('gina', { deleted: true }),
  U0ROBOT: person('builder', { is_bot: true }),
  U0GUEST: person('guest', { is_stranger: true }),
};
const GROUPS = [
  { id: 'S0SENIORS', handle: 'seniors', date_delete: 0, users: ['U0ALEX', 'U0SAM', 'U0KIM'] },
  { id: 'S0EMPTY', handle: 'night-shift', date_delete: 0, users: [] },
  { id: 'S0OFF', handle: 'old-team', date_delete: 1_700_000_000, users: ['U0SAM'] },
];
const CHANNELS: Readonly<Record<string, object>> = {
  C0INCIDENTS: { name: 'incidents', is_member: true, is_archived: false },
  C0OUTSIDE: { name: 'stakeholders', is_member: false, is_archived: false },
  C0ARCHIVED: { name: 'old-deployments', is_member: true, is_archived: true },
};
const SOUND: SlackAnswers = {
  'auth.test': ({ token }) =>
    token === 'xoxb-good' ? { ok: true, ...BOT } : { ok: false, error: 'invalid_auth' },
  'apps.connections.open': ({ token }) =>
    token === 'xapp-good' ? { ok: true, url: 'ws://127.0.0.1' } : { ok: false, error: 'invalid_auth' },
  'conversations.info': ({ channel = '' }) =>
    channel in CHANNELS
      ? { ok: true, channel: { id: channel, ...CHANNELS[channel] } }
      : { ok: false, error: 'channel_not_found' },
  'usergroups.list': ({ include_users }) => ({
    ok: true,
    usergroups: GROUPS.map(({ users, ...group }) => (include_users === 'true' ? { ...group, users } : group)),
  }),
  'users.info': ({ user = '' }) =>
    user in PEOPLE ? { ok: true, user: PEOPLE[user] } : { ok: false, error: 'user_not_found' },
};

/** What each check finds, as "level what", by its title. */
async function examine({
  answers = {},
  scopes = botScopes,
  token = 'xoxb-good',
  appToken = 'xapp-good',
  team = aTeam(),
  apiUrl,
}: {
  readonly answers?: SlackAnswers;
  readonly scopes?: readonly string[] | 'not told';
  readonly token?: string;
  readonly appToken?: string;
  readonly team?: Team;
  readonly apiUrl?: string;
} = {}) {
  const told = scopes === 'not told' ? undefined : scopes;
  const url = apiUrl ?? (await startAnsweringSlack({ answers: { ...SOUND, ...answers }, scopes: told }));
  const { messages: client } = createSlackClients({ token, apiUrl: url, log: silent });
  const checks = [
    ...createSlackChecks({ client, manifestScopes: async () => botScopes, team }),
    createAppTokenCheck({ client, appToken }),
  ];
  const found = await Promise.all(
    checks.map(async (check) => [check.title, await runCheck(check, 5_000)] as const),
  );
  return new Map(found);
}

const told = (found: Awaited<ReturnType<typeof examine>>, title: string): readonly string[] =>
  (found.get(title) ?? []).map(({ level, what }) => `${level} ${what}`);

const todos = (found: Awaited<ReturnType<typeof examine>>, title: string): readonly (string | undefined)[] =>
  (found.get(title) ?? []).map(({ todo }) => todo);

describe('the checks of Slack', () => {
  it('find a sound set-up sound, and name team, bot, channel and people', async () => {
    const found = await examine();
    expect(told(found, 'Slack bot token')).toEqual([
      'ok valid: bot user @walkback (U0BOT) of Example Shop (T0EXAMPLE)',
    ]);
    expect(told(found, 'Slack scopes')).toEqual([
      `ok the token has the ${botScopes.length} scopes of manifest.yml, and no others`,
    ]);
    expect(told(found, 'Slack app token')).toEqual(['ok Socket Mode connections may be opened']);
    expect(told(found, 'Channels')).toEqual(['ok incidents: #incidents (C0INCIDENTS)']);
    expect(told(found, 'Roles and approvals')).toEqual([
      'ok responder: @robin (U0ROBIN)',
      'ok approver: @alex (U0ALEX), @sam (U0SAM)',
      'ok P0: 2 of approver must approve, 2 can',
      'ok P1: 1 of approver must approve, 2 can',
      'ok P2: 1 of approver must approve, 2 can',
      'ok P3: 1 of approver must approve, 2 can',
    ]);
  });

  it('tell a refused bot token once, and leave alone what needs one', async () => {
    const found = await examine({ token: 'xoxb-bad' });
    expect(told(found, 'Slack bot token')).toEqual([
      'problem SLACK_BOT_TOKEN is refused: Slack says invalid_auth',
    ]);
    for (const title of ['Slack scopes', 'Channels', 'Roles and approvals'])
      expect(told(found, title)).toEqual(['note not looked at: see "Slack bot token"']);
    expect(told(found, 'Slack app token')).toEqual(['ok Socket Mode connections may be opened']);
  });

  it("tell a person's token from a bot's", async () => {
    const answers = { 'auth.test': () => ({ ok: true, ...BOT, user: 'robin', bot_id: undefined }) };
    const found = await examine({ answers });
    expect(told(found, 'Slack bot token')).toEqual([
      'problem SLACK_BOT_TOKEN is the token of the person robin (U0BOT), not of a bot',
    ]);
  });

  it('name missing scopes with what will not work, and surplus ones', async () => {
    const scopes = [...botScopes.filter((scope) => scope !== 'files:write'), 'admin'];
    const found = await examine({ scopes });
    expect(told(found, 'Slack scopes')).toEqual([
      "problem the scope files:write is missing: the output of a failed step isn't put into the thread",
      'warning the scope admin is not in manifest.yml: Walkback has no use for it',
    ]);
  });

  it("don't blame a Slack that doesn't tell scopes", async () => {
    const found = await examine({ scopes: 'not told' });
    expect(told(found, 'Slack scopes')).toEqual([
      "note this Slack doesn't tell the token's scopes: not compared",
    ]);
  });

  it('find an app token that opens no connection', async () => {
    const found = await examine({ appToken: 'xapp-bad' });
    expect(told(found, 'Slack app token')).toEqual([
      'problem SLACK_APP_TOKEN opens no connection, so nothing from Slack is heard: Slack says invalid_auth',
    ]);
  });

  it('find channels that are missing, archived, or without the bot', async () => {
    const channels = { incidents: 'C0OUTSIDE', stakeholders: 'C0NOWHERE', deployments: 'C0ARCHIVED' };
    const found = await examine({ team: aTeam({ channels }) });
    expect(told(found, 'Channels')).toEqual([
      "problem incidents: #stakeholders (C0OUTSIDE): the bot is not in it, so it can't post there",
      'problem stakeholders: there is no channel C0NOWHERE, or it is private and the bot is not in it',
      'problem deployments: #old-deployments (C0ARCHIVED) is archived, so nothing can be posted there',
    ]);
    expect(todos(found, 'Channels')[0]).toBe('type /invite @walkback in that channel');
  });

  it('name the scope that a channel or a person needs to be looked at', async () => {
    const lacks = (needed: string) => () => ({ ok: false, error: 'missing_scope', needed });
    const found = await examine({
      answers: { 'conversations.info': lacks('channels:read'), 'users.info': lacks('users:read') },
    });
    expect(told(found, 'Channels')).toEqual([
      "problem incidents: C0INCIDENTS can't be looked at: Slack says missing_scope: the token needs the scope channels:read",
    ]);
    expect(told(found, 'Roles and approvals')).toEqual([
      expect.stringMatching(/^problem could not be looked at: .*the token needs the scope users:read$/),
    ]);
  });

  it('find people who can not act, roles with nobody, and the approvals this leaves without people', async () => {
    const roles = {
      responder: ['U0ROBIN', 'U0NOBODY'],
      approver: ['U0ALEX', 'U0GONE', 'U0ROBOT', 'U0GUEST'],
      admin: [],
    };
    const found = await examine({ team: aTeam({ roles }) });
    expect(told(found, 'Roles and approvals').slice(0, 6)).toEqual([
      "problem responder: U0NOBODY doesn't exist",
      'problem approver: @gina (U0GONE) is deactivated',
      'problem approver: @builder (U0ROBOT) is a bot',
      'problem approver: @guest (U0GUEST) belongs to another workspace',
      'warning admin: nobody is in it',
      'problem P0: 2 of approver must approve, but only 1 can, beside whoever asks',
    ]);
  });

  it('count the people of user groups, and find groups with nobody, disabled ones and some that are not there', async () => {
    const roles = {
      responder: ['U0ROBIN'],
      approver: ['S0SENIORS', 'U0ALEX'],
      oncall: ['S0EMPTY'],
      lead: ['S0OFF', 'S0NOWHERE'],
    };
    const found = await examine({ team: aTeam({ roles }) });
    expect(told(found, 'Roles and approvals').slice(0, 6)).toEqual([
      'ok responder: @robin (U0ROBIN)',
      'ok approver: @seniors (S0SENIORS) with 3 people, @alex (U0ALEX)',
      'problem oncall: @night-shift (S0EMPTY) is a user group with nobody in it',
      'problem lead: @old-team (S0OFF) is a user group that was disabled',
      "problem lead: S0NOWHERE is a user group that doesn't exist",
      'ok P0: 2 of approver must approve, 3 can',
    ]);
    expect(todos(found, 'Roles and approvals')[2]).toContain('take it out of roles.oncall');
  });

  it('name the scope that user groups need, and the approvals that nobody can give without', async () => {
    const found = await examine({
      answers: {
        'usergroups.list': () => ({ ok: false, error: 'missing_scope', needed: 'usergroups:read' }),
      },
      team: aTeam({ roles: { responder: ['U0ROBIN'], approver: ['S0SENIORS'] } }),
    });
    expect(told(found, 'Roles and approvals').slice(1, 3)).toEqual([
      "problem approver: S0SENIORS can't be looked at: Slack says missing_scope: the token needs the scope usergroups:read",
      'problem P0: 2 of approver must approve, but only 0 can, beside whoever asks',
    ]);
  });

  it("say why Slack can't be reached, and leave alone what needs the bot token", async () => {
    const found = await examine({ apiUrl: `http://127.0.0.1:${await findFreePort(0)}/api/` });
    expect(told(found, 'Slack bot token')).toEqual([
      expect.stringMatching(/^problem could not be looked at: Slack can't be reached: .*ECONNREFUSED/),
    ]);
    expect(told(found, 'Channels')).toEqual(['note not looked at: see "Slack bot token"']);
  });

  it('work with the local Slack of the try-out', async () => {
    const slack = await startDemoSlack();
    onTestFinished(slack.stop);
    const { botToken: token, appToken } = demoApp;
    const found = await examine({ apiUrl: slack.apiUrl, token, appToken });
    expect([...found.values()].flat().filter(({ level }) => level === 'problem')).toEqual([]);
    expect(told(found, 'Slack scopes')).toEqual([
      "note this Slack doesn't tell the token's scopes: not compared",
    ]);
    expect(told(found, 'Channels')).toEqual(['ok incidents: #incidents (C0INCIDENTS)']);
    expect(told(found, 'Roles and approvals')[0]).toBe('ok responder: @robin (U0ROBIN)');
  });
});
