import { expect, it, onTestFinished } from 'vitest';
import { personActor, systemActor } from '../../../../src/domain/actor.ts';
import { createSlackClients } from '../../../../src/slack/connection/slack-clients.ts';
import { createSlackDelivery } from '../../../../src/slack/delivery/slack-delivery.ts';
import { tellUndeliverable } from '../../../../src/slack/delivery/tell-undeliverable.ts';
import { textMessage } from '../../../../src/slack/kit/message.ts';
import { memoryMessageRefs } from '../../../support/memory-message-refs.ts';
import { startStrictSlack } from '../../../support/strict-slack.ts';

const CHANNEL = 'C0INCIDENTS';
const OTHER = 'C0OTHER';
const ASKER = 'U1ROBIN';

async function aDelivery() {
  const slack = await startStrictSlack({ channels: [CHANNEL, OTHER, ASKER] });
  onTestFinished(slack.stop);
  const logged: string[] = [];
  const log = {
    warn: (_fields: object, message: string) => void logged.push(message),
    error: (_fields: object, message: string) => void logged.push(message),
  };
  const { messages: client } = createSlackClients({ token: 'xoxb-test', apiUrl: slack.apiUrl, log });
  const delivery = createSlackDelivery({ client, messages: memoryMessageRefs(), log, now: Date.now });
  const refuse = (method: string, error: string) => slack.inject({ method, kind: 'refused', error });
  return { slack, delivery, logged, refuse };
}

it.each(['thread_not_found', 'cannot_reply_to_message', 'restricted_action_thread_locked'])(
  'what can’t be said in a thread (%s) is said in its channel, once',
  async (error) => {
    const { slack, delivery, logged, refuse } = await aDelivery();
    refuse('chat.postMessage', error);
    const notice = { key: 'n', channel: CHANNEL, threadTs: '1.1', message: textMessage('Rolled back') };
    expect(await delivery.postOnce(notice)).toMatchObject({ kind: 'delivered' });
    await delivery.postOnce(notice);
    expect(slack.messages()).toMatchObject([{ channel: CHANNEL, text: 'Rolled back' }]);
    expect(slack.messages()[0]?.thread_ts).toBeUndefined();
    expect(logged).toEqual(['slack refused a thread: posted in its channel']);
  },
);

it.each(['chat.postMessage', 'chat.update'])(
  'what is too long for %s is said as far as it fits',
  async (method) => {
    for (const error of ['msg_too_long', 'msg_blocks_too_long']) {
      const { slack, delivery, refuse } = await aDelivery();
      const card = { key: 'c', channel: CHANNEL };
      if (method === 'chat.update') await delivery.reconcileCard({ ...card, message: textMessage('before') });
      refuse(method, error);
      const message = textMessage(`It failed: ${'x'.repeat(9_000)}`);
      expect(await delivery.reconcileCard({ ...card, message })).toMatchObject({ kind: 'delivered' });
      const [shown] = slack.messages();
      expect(shown?.text).toMatch(/^It failed: x+…$/);
      expect(shown?.text.length).toBeLessThanOrEqual(2_000);
    }
  },
);

it.each(['is_archived', 'channel_not_found', 'not_in_channel'])(
  'a card whose channel is gone (%s) is posted anew where it belongs by now, and only there',
  async (error) => {
    const { slack, delivery, refuse } = await aDelivery();
    await delivery.reconcileCard({ key: 'c', channel: CHANNEL, message: textMessage('1/3') });
    refuse('chat.update', error);
    const there = await delivery.reconcileCard({ key: 'c', channel: CHANNEL, message: textMessage('2/3') });
    expect(there).toEqual({ kind: 'undeliverable', error });
    refuse('chat.update', error);
    await delivery.reconcileCard({ key: 'c', channel: OTHER, message: textMessage('2/3') });
    await delivery.reconcileCard({ key: 'c', channel: OTHER, message: textMessage('3/3') });
    expect(slack.messages()).toMatchObject([
      { channel: CHANNEL, text: '1/3' },
      { channel: OTHER, text: '3/3' },
    ]);
  },
);

it.each([
  ['is_archived', 'that channel is archived. Unarchive it'],
  ['channel_not_found', 'that channel is gone, or it is private'],
  ['not_in_channel', 'Invite me'],
  ['restricted_action', 'only some people post'],
  ['of_tomorrow', 'it says `of_tomorrow`. Whoever runs Walkback'],
])('whoever waits for a card that Slack doesn’t take (%s) is told so, once', async (error, why) => {
  const { slack, delivery, refuse } = await aDelivery();
  const card = { key: 'RUN-3:card:approval', channel: CHANNEL };
  for (const whom of [personActor({ id: ASKER }), systemActor('policy'), personActor({ id: ASKER })]) {
    refuse('chat.postMessage', error);
    const delivered = await delivery.reconcileCard({ ...card, message: textMessage('Approve?') });
    await tellUndeliverable(
      { delivery },
      { ...card, delivered, whom, what: 'RUN-3', command: '/rollback status' },
    );
  }
  expect(slack.messages()).toMatchObject([{ channel: ASKER, text: expect.stringContaining(why) }]);
  expect(slack.messages()[0]?.text).toContain(
    'RUN-3 goes on all the same: see it with `/rollback status RUN-3`',
  );
});
