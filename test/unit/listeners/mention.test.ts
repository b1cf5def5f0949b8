import { App, type Receiver } from '@slack/bolt';
import { expect, it } from 'vitest';
import type { InboundRunner } from '../../../src/listeners/door/inbound.ts';
import type { Listening } from '../../../src/listeners/door/listening.ts';
import { createRouter } from '../../../src/listeners/door/router.ts';
import { listenToMentions } from '../../../src/listeners/mention.ts';

const receiver: Receiver = {
  init: () => undefined,
  start: async () => undefined,
  stop: async () => undefined,
};

/** Names of who got to be handled when Slack tells of a mention. */
async function handledOf(event: object): Promise<readonly string[]> {
  const handled: string[] = [];
  const inbound: InboundRunner = {
    handle: async ({ caller }) => void handled.push(caller.user),
    answer: async ({ caller }) => void handled.push(caller.user),
    drained: async () => undefined,
  };
  const app = new App({ receiver, authorize: async () => ({ botToken: 'xoxb-test', botUserId: 'U0BOT' }) });
  listenToMentions(createRouter(app), {} as Listening, inbound);
  const mention = { type: 'app_mention', text: '<@U0BOT> rollback list', channel: 'C1', ts: '1.1', ...event };
  await app.processEvent({
    body: { type: 'event_callback', team_id: 'T1', event_id: 'Ev1', event: mention },
    ack: async () => undefined,
  });
  return handled;
}

it('hears a person who mentions the bot', async () => {
  expect(await handledOf({ user: 'U1ROBIN' })).toEqual(['U1ROBIN']);
});

it('hears words that are no command too', async () => {
  expect(await handledOf({ user: 'U1ROBIN', text: '<@U0BOT> thanks!' })).toEqual(['U1ROBIN']);
});

it('is deaf to bots, also to those that speak as a user', async () => {
  expect(await handledOf({ user: 'U7BOT', bot_id: 'B7' })).toEqual([]);
  expect(await handledOf({ bot_id: 'B7' })).toEqual([]);
});
