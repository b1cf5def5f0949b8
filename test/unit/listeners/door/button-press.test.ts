import { App, type Receiver } from '@slack/bolt';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { listenToButton } from '../../../../src/listeners/door/button-press.ts';
import type { InboundRunner } from '../../../../src/listeners/door/inbound.ts';
import { createRouter } from '../../../../src/listeners/door/router.ts';
import { textMessage } from '../../../../src/slack/kit/message.ts';
import { startAnsweringSlack } from '../../../support/answering-slack.ts';

const receiver: Receiver = {
  init: () => undefined,
  start: async () => undefined,
  stop: async () => undefined,
};

it('a press where there is no message to answer beside is answered directly', async () => {
  const told: unknown[] = [];
  const slackApiUrl = await startAnsweringSlack({
    answers: {
      'chat.postMessage': ({ channel, text }) => {
        told.push({ channel, text });
        return { ok: true, ts: '1.1' };
      },
    },
  });
  const authorize = async () => ({ botToken: 'xoxb-test', botUserId: 'U0BOT' });
  const app = new App({ receiver, authorize, clientOptions: { slackApiUrl } });
  const inbound: InboundRunner = {
    handle: ({ tell }) => tell(textMessage('You may not.')),
    answer: async () => undefined,
    drained: async () => undefined,
  };
  const button = { action: 'approve', schema: z.unknown() };
  listenToButton(createRouter(app), inbound, button, async () => undefined);
  const body = {
    type: 'block_actions',
    actions: [{ type: 'button', action_id: 'approve', value: '{}' }],
    user: { id: 'U1ROBIN', team_id: 'T1' },
    team: { id: 'T1', domain: 'shop' },
    trigger_id: '1',
  };
  await app.processEvent({ body, ack: async () => undefined });
  expect(told).toEqual([{ channel: 'U1ROBIN', text: 'You may not.' }]);
});
