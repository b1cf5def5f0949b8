import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LocalSlack } from '../../../src/demo/local-slack.ts';
import { channels, demoApp } from '../../../src/demo/slack-workspace.ts';
import { SlackUnavailable } from '../../../src/engine/ports/slack-unavailable.ts';
import { createSlackClients, type SlackClients } from '../../../src/slack/connection/slack-clients.ts';
import { createSlackDelivery, type SlackDelivery } from '../../../src/slack/delivery/slack-delivery.ts';
import { textMessage } from '../../../src/slack/kit/message.ts';
import { approvalCard } from '../../../src/slack/run/approval/card.ts';
import { runCard } from '../../../src/slack/run/card.ts';
import { startDemoSlack } from '../../support/demo-slack.ts';
import { memoryMessageRefs } from '../../support/memory-message-refs.ts';
import { aRun, START } from '../../support/run-builder.ts';
import { type StrictSlack, startStrictSlack } from '../../support/strict-slack.ts';

const CHANNEL = channels.incidents.id;
const log = { warn: () => {}, error: () => {} };

describe('a Slack that nobody here wrote, behind the strict one', () => {
  let local: LocalSlack;
  let strict: StrictSlack;
  let clients: SlackClients;
  let delivery: SlackDelivery;

  beforeAll(async () => {
    local = await startDemoSlack();
    strict = await startStrictSlack({ upstream: local.apiUrl });
    clients = createSlackClients({ token: demoApp.botToken, apiUrl: strict.apiUrl, log });
  });

  beforeEach(async () => {
    await fetch(`${local.url}/_control/reset`, { method: 'POST' });
    delivery = createSlackDelivery({
      client: clients.messages,
      messages: memoryMessageRefs(),
      log,
      now: () => Date.now(),
    });
  });

  afterAll(async () => {
    await strict?.stop();
    await local?.stop();
  });

  const texts = async () => {
    const { messages = [] } = await clients.messages.conversations.history({ channel: CHANNEL });
    return messages.map(({ text }) => text);
  };

  it('shows a notice once though the answer to the post was lost and it keeps no metadata', async () => {
    const notice = { key: 'RUN-31-2:started', channel: CHANNEL, message: textMessage('Rollback started') };
    strict.inject({ method: 'chat.postMessage', kind: 'lost-answer' });
    await expect(delivery.postOnce(notice)).rejects.toBeInstanceOf(SlackUnavailable);
    await delivery.postOnce(notice);
    expect(await texts()).toEqual(['Rollback started']);
  });

  it('shows the cards of a run as one message each, edited while the run goes on', async () => {
    const run = aRun();
    const approval = () => ({
      key: 'RUN-31:card:approval',
      channel: CHANNEL,
      message: approvalCard(run.build(), {
        serviceTitle: 'Web shop',
        link: '',
        mayApprove: ['U0APPROVER'],
        now: START,
        text: 'Somebody asks',
      }),
    });
    const root = await delivery.reconcileCard(approval());
    run.started().startStep('rollback');
    await delivery.reconcileCard(approval());
    const threadTs = root.kind === 'delivered' ? root.ref.ts : expect.fail('not delivered');
    const progress = () => ({
      key: 'RUN-31:card:run',
      channel: CHANNEL,
      threadTs,
      message: runCard(run.build(), { serviceTitle: 'Web shop', now: START, tail: '' }),
    });
    await delivery.reconcileCard(progress());
    run.finishStep('rollback').didSteps(['deploy', 'healthy']).succeeded();
    await delivery.reconcileCard(progress());
    const { messages = [] } = await clients.messages.conversations.replies({
      channel: CHANNEL,
      ts: threadTs,
    });
    expect(messages.map(({ text }) => text?.split('\n')[0])).toEqual([
      '🔄 *Rolling back* · Web shop: v1.4.0 → v1.3.0',
      expect.stringContaining('✅ Web shop is back on v1.3.0'),
    ]);
  });

  it('posts a card afresh after it has forgotten everything', async () => {
    const card = (text: string) => ({ key: 'RUN-31:card:run', channel: CHANNEL, message: textMessage(text) });
    await delivery.reconcileCard(card('1/3'));
    await fetch(`${local.url}/_control/reset`, { method: 'POST' });
    await delivery.reconcileCard(card('2/3'));
    expect(await texts()).toEqual(['2/3']);
  });

  it('takes a file into the thread once', async () => {
    const root = await delivery.postOnce({ key: 'root', channel: CHANNEL, message: textMessage('root') });
    const threadTs = root.kind === 'delivered' ? root.ref.ts : expect.fail('not delivered');
    const file = {
      key: 'file',
      channel: CHANNEL,
      threadTs,
      filename: 'RUN-31-deploy-1.txt',
      content: 'boom',
    };
    strict.inject({ method: 'files.completeUploadExternal', kind: 'lost-answer' });
    await expect(delivery.uploadFile(file)).rejects.toBeInstanceOf(SlackUnavailable);
    await delivery.uploadFile(file);
    const { messages = [] } = await clients.messages.conversations.replies({
      channel: CHANNEL,
      ts: threadTs,
    });
    expect(messages.flatMap(({ files = [] }) => files.map(({ name }) => name))).toEqual([
      'RUN-31-deploy-1.txt',
    ]);
  });
});
