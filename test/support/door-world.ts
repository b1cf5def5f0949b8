import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { App, type Receiver } from '@slack/bolt';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { createCatalog } from '../../src/adapters/playbooks/create-catalog.ts';
import { createRedisEventStore } from '../../src/adapters/redis/event-store.ts';
import { createRedisSeenOnce } from '../../src/adapters/redis/seen-once.ts';
import { createRedisStepOutput } from '../../src/adapters/redis/step-output.ts';
import { lastGoodCatalog } from '../../src/engine/last-good-catalog.ts';
import type { Log } from '../../src/engine/ports/log.ts';
import { registerListeners } from '../../src/listeners/register-listeners.ts';
import { createPeopleDirectory } from '../../src/slack/connection/people-directory.ts';
import { createSlackClients } from '../../src/slack/connection/slack-clients.ts';
import type { Modal } from '../../src/slack/kit/block-kit.ts';
import { ACTION } from '../../src/slack/kit/ids.ts';
import { startAnsweringSlack } from './answering-slack.ts';
import { aFolder, SOUND_PLAYBOOK, SOUND_TEAM } from './configuration-folder.ts';
import { gitFor } from './git-adapter.ts';
import { createTestRepository } from './git-repository.ts';
import { memoryMessageRefs } from './memory-message-refs.ts';
import { testRedis } from './redis.ts';
import { startResponseUrl } from './response-url.ts';
import { textsOf } from './slack-rules.ts';
import { startStrictSlack } from './strict-slack.ts';
import { type Answers, submit } from './submit-view.ts';

/** Where a person sees something, and what it says. */
export type Seen = { readonly in: 'modal' | 'home' | 'private' | 'direct'; readonly text: string };

type LogLine = { readonly level: string; readonly message: string; readonly fields: object };

export const ROBIN = 'U1RESPONDER';
export const APPROVER = 'U2APPROVER';
const TEAM = 'T0OWN';
const CHANNEL = 'C1';
/** Longer than anything takes here: forms are answered by their acknowledgement. */
const PATIENT_MS = 60_000;

const receiver: Receiver = {
  init: () => undefined,
  start: async () => undefined,
  stop: async () => undefined,
};

/** An acknowledgement that puts another view into the modal. */
const Updated = z.object({ response_action: z.literal('update'), view: z.looseObject({}) });

export type DoorWorld = Awaited<ReturnType<typeof aDoor>>;

/**
 * All listeners with real parts behind them: files that the test may break, Redis, git with releases v1.0.0 and v1.1.0,
 * and a strict Slack, of which `seen` tells what a person gets to see, in order. `ROBIN` is the responder of SOUND_TEAM.
 */
export async function aDoor(
  files: {
    readonly team?: string;
    readonly playbook?: string;
    readonly patienceMs?: number;
    /** What stands at 1.1 in the channel, beside who wrote it. */
    readonly message?: object;
  } = {},
) {
  const repository = await createTestRepository();
  onTestFinished(() => repository.remove());
  for (const version of ['1.0', '1.1']) {
    await repository.commit(`Release ${version}`, { version });
    await repository.git('tag', `v${version}.0`);
  }
  await repository.push();
  const soundTeam = SOUND_TEAM.replace('https://git.example.com/shop.git', repository.remote);
  const { team = soundTeam, playbook = SOUND_PLAYBOOK, patienceMs = PATIENT_MS } = files;
  const root = await aFolder({ 'walkback.yml': team, 'playbooks/undo.yml': playbook });

  const seen: Seen[] = [];
  const views: Modal[] = [];
  const logged: LogLine[] = [];
  const see = (place: Seen['in'], text: string): void => void seen.push({ in: place, text });
  const showView = ({ view = '' }: Readonly<Record<string, string>>): object => {
    const shown: Modal = JSON.parse(view);
    views.push(shown);
    see(shown.type === 'modal' ? 'modal' : 'home', textsOf(shown.blocks).join('\n'));
    return { ok: true, view: { id: `V${views.length}` } };
  };
  const said = (place: Seen['in']) => (given: Readonly<Record<string, string>>) => {
    see(place, [given['text'], ...textsOf(JSON.parse(given['blocks'] ?? '[]'))].join('\n'));
    return { ok: true, ts: '9.9' };
  };
  const upstream = await startAnsweringSlack({
    answers: {
      'views.open': showView,
      'views.update': showView,
      'views.publish': showView,
      'chat.postEphemeral': said('private'),
      'chat.postMessage': said('direct'),
      'users.info': () => ({ ok: true, user: { deleted: false, is_bot: false } }),
      'conversations.replies': () => ({
        ok: true,
        messages: [{ ts: '1.1', text: 'Look at this', user: ROBIN, ...files.message }],
      }),
      'reactions.add': () => ({ ok: true }),
      'chat.getPermalink': () => ({ ok: true, permalink: 'https://example.slack.com/archives/C1/p11' }),
    },
  });
  const slack = await startStrictSlack({ upstream });
  onTestFinished(slack.stop);
  const responseUrl = await startResponseUrl((answer) => see('private', textsOf(answer).join('\n')));

  const redis = testRedis();
  const store = createRedisEventStore(redis);
  const clock = { now: () => Date.parse('2030-03-01T10:00:00.000Z') };
  const log = keepingLog(logged);
  const clients = createSlackClients({ token: 'xoxb-test', apiUrl: slack.apiUrl, log });
  const catalog = createCatalog({ root });
  const app = new App({
    receiver,
    authorize: async () => ({ botToken: 'xoxb-test', botUserId: 'U0BOT' }),
    clientOptions: { slackApiUrl: slack.apiUrl },
  });
  const listeners = registerListeners(app, {
    ...{ store, clock, catalog, log, teamId: TEAM, patienceMs },
    git: gitFor(repository),
    telling: lastGoodCatalog(catalog, log),
    output: createRedisStepOutput(redis),
    seen: createRedisSeenOnce(redis),
    people: createPeopleDirectory({ client: clients.messages, now: clock.now, log }),
    messages: memoryMessageRefs(),
    client: clients.messages,
    viewClient: clients.views,
  });

  let count = 0;
  /** Hands Slack's payload in, and resolves with what it was acknowledged with, when all is done. */
  const hear = async (body: Readonly<Record<string, unknown>>): Promise<unknown> => {
    let acknowledged: unknown = 'never';
    await app.processEvent({
      body: { token: 'x', trigger_id: `trigger-${count}`, ...body },
      ack: async (response) => {
        acknowledged = response;
        const shown = Updated.safeParse(response).data;
        if (shown !== undefined) showView({ view: JSON.stringify(shown.view) });
      },
    });
    await listeners.drained();
    return acknowledged;
  };
  const person = (user: string) => {
    count += 1;
    return { user: { id: user, team_id: TEAM }, team: { id: TEAM, domain: 'shop' } };
  };
  const happens = (event: object, user: string) => {
    count += 1;
    return hear({
      type: 'event_callback',
      team_id: TEAM,
      event_id: `Ev${count}`,
      event: { user, ...event },
    });
  };
  const sendView = (view: object, user = ROBIN) => {
    const from = person(user);
    return hear({ type: 'view_submission', ...from, view: { ...view, id: 'V1', hash: `${count}` } });
  };
  return {
    ...{ root, store, seen, views, logged, slack, soundTeam },
    write: (file: string, text: string) => writeFile(join(root, file), text),
    command: (line: string, user = ROBIN) => {
      count += 1;
      const [command, ...words] = line.split(' ');
      return hear({
        ...{ command, text: words.join(' '), team_id: TEAM, user_id: user, channel_id: CHANNEL },
        response_url: responseUrl,
      });
    },
    press: (action: string, value: string, user = ROBIN) =>
      hear({
        ...{ type: 'block_actions', ...person(user), channel: { id: CHANNEL }, response_url: responseUrl },
        actions: [{ type: 'button', action_id: action, block_id: 'b', value }],
      }),
    /** Chooses what is folded away behind "…". */
    choose: (value: string, user = ROBIN) =>
      hear({
        ...{ type: 'block_actions', ...person(user), channel: { id: CHANNEL }, response_url: responseUrl },
        actions: [{ type: 'overflow', action_id: ACTION.more, block_id: 'b', selected_option: { value } }],
      }),
    /** Sends a modal that was shown, filled in. */
    send: (view: Modal, answers: Answers, user = ROBIN) =>
      sendView({ ...view, ...z.object({}).loose().parse(submit(view, answers)) }, user),
    /** Sends whatever a modal of another version might say. */
    sendView,
    shortcut: (callback: string, user = ROBIN) =>
      hear({ type: 'shortcut', callback_id: callback, ...person(user) }),
    /** The same on a message of the channel. */
    messageShortcut: (callback: string, message: object, user = ROBIN) =>
      hear({
        ...{ type: 'message_action', callback_id: callback, ...person(user), channel: { id: CHANNEL } },
        message: { ts: '1.1', ...message },
      }),
    mention: (text: string, user = ROBIN, where: object = {}) =>
      happens({ type: 'app_mention', text: `<@U0BOT> ${text}`, channel: CHANNEL, ts: '1.2', ...where }, user),
    openHome: (user = ROBIN) => happens({ type: 'app_home_opened', tab: 'home', channel: 'D1' }, user),
    pin: (user = ROBIN) =>
      happens(
        {
          type: 'reaction_added',
          reaction: 'pushpin',
          item: { type: 'message', channel: CHANNEL, ts: '1.1' },
          event_ts: '1.3',
        },
        user,
      ),
  };
}

function keepingLog(lines: LogLine[], more: object = {}): Log {
  const write = (level: string) => (fields: object, message: string) =>
    void lines.push({ level, message, fields: { ...more, ...fields } });
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    child: (fields) => keepingLog(lines, { ...more, ...fields }),
  };
}
