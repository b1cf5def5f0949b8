import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SlackUnavailable } from '../../../../src/engine/ports/slack-unavailable.ts';
import { createSlackClients } from '../../../../src/slack/connection/slack-clients.ts';
import { createSlackDelivery, type SlackDelivery } from '../../../../src/slack/delivery/slack-delivery.ts';
import { type Message, section } from '../../../../src/slack/kit/block-kit.ts';
import { textMessage } from '../../../../src/slack/kit/message.ts';
import { memoryMessageRefs } from '../../../support/memory-message-refs.ts';
import { type StrictSlack, startStrictSlack } from '../../../support/strict-slack.ts';

const CHANNEL = 'C0INCIDENTS';
const key = 'RUN-31-2:rollback-started:thread';

let slack: StrictSlack;
let delivery: SlackDelivery;
let logged: string[];
let now: number;
let refs: ReturnType<typeof memoryMessageRefs>;

const log = {
  warn: (_fields: object, message: string) => void logged.push(message),
  error: (_fields: object, message: string) => void logged.push(message),
};

function deliveryTo(target: StrictSlack): SlackDelivery {
  const { messages: client } = createSlackClients({ token: 'xoxb-test', apiUrl: target.apiUrl, log });
  return createSlackDelivery({ client, messages: refs, log, now: () => now });
}

async function restart(options: Parameters<typeof startStrictSlack>[0]): Promise<void> {
  await slack.stop();
  slack = await startStrictSlack(options);
  delivery = deliveryTo(slack);
}

const texts = (): readonly string[] => slack.messages().map(({ text }) => text);
const callsOf = (method: string): number => slack.calls.filter((call) => call.method === method).length;
const unavailable = (work: Promise<unknown>): Promise<SlackUnavailable> =>
  work.then(
    () => expect.fail('it should have been unavailable'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(SlackUnavailable);
      return error instanceof SlackUnavailable ? error : expect.fail();
    },
  );

beforeEach(async () => {
  logged = [];
  now = Date.now();
  refs = memoryMessageRefs();
  slack = await startStrictSlack();
  delivery = deliveryTo(slack);
});

afterEach(() => slack.stop());

describe('a notice', () => {
  const notice = { key, channel: CHANNEL, message: textMessage('Rollback started') };

  it('is posted once however often it is delivered', async () => {
    const first = await delivery.postOnce(notice);
    const second = await delivery.postOnce(notice);
    expect(second).toEqual(first);
    expect(texts()).toEqual(['Rollback started']);
  });

  it.each([true, false])(
    'whose answer was lost is found again and not posted twice (metadata kept: %s)',
    async (keepsMetadata) => {
      await restart({ keepsMetadata });
      slack.inject({ method: 'chat.postMessage', kind: 'lost-answer' });
      await unavailable(delivery.postOnce(notice));
      for (const text of ['later', 'still later', 'latest']) {
        await delivery.postOnce({ ...notice, key: text, message: textMessage(text) });
      }
      const found = await delivery.postOnce(notice);
      expect(texts()).toEqual(['Rollback started', 'later', 'still later', 'latest']);
      expect(found).toMatchObject({ ref: { ts: slack.messages()[0]?.ts } });
    },
  );

  it('in a thread is found again in the thread', async () => {
    const inThread = { ...notice, threadTs: '1700000000.000100' };
    slack.inject({ method: 'chat.postMessage', kind: 'lost-answer' });
    await unavailable(delivery.postOnce(inThread));
    await delivery.postOnce(inThread);
    expect(texts()).toEqual(['Rollback started']);
    expect(callsOf('conversations.replies')).toBe(1);
  });

  it('that never reached Slack is posted by the next try', async () => {
    slack.inject({ method: 'chat.postMessage', kind: 'no-connection' });
    await unavailable(delivery.postOnce(notice));
    await delivery.postOnce(notice);
    expect(texts()).toEqual(['Rollback started']);
  });

  it('waits as long as Slack says when it is rate limited, and needs no search afterwards', async () => {
    slack.inject({ method: 'chat.postMessage', kind: 'rate-limited', retryAfterSeconds: 30 });
    const error = await unavailable(delivery.postOnce(notice));
    expect(error.retryAfterMs).toBe(30_000);
    expect(callsOf('chat.postMessage')).toBe(1);
    await delivery.postOnce(notice);
    expect(texts()).toEqual(['Rollback started']);
    expect(callsOf('conversations.history')).toBe(0);
  });

  it.each([500, 502, 503])(
    'waits out an outage (status %i) without trying again by itself',
    async (status) => {
      slack.inject({ method: 'chat.postMessage', kind: 'status', status });
      const error = await unavailable(delivery.postOnce(notice));
      expect(error.retryAfterMs).toBeGreaterThan(0);
      expect(callsOf('chat.postMessage')).toBe(1);
    },
  );

  it.each(['invalid_auth', 'token_revoked', 'internal_error'])('is not lost on %s', async (refusal) => {
    slack.inject({ method: 'chat.postMessage', kind: 'refused', error: refusal });
    await unavailable(delivery.postOnce(notice));
  });

  it.each(['channel_not_found', 'not_in_channel', 'is_archived'])(
    'that Slack will never take (%s) is logged and given up',
    async (refusal) => {
      slack.inject({ method: 'chat.postMessage', kind: 'refused', error: refusal });
      expect(await delivery.postOnce(notice)).toEqual({ kind: 'undeliverable', error: refusal });
      expect(logged).toContain('slack will never take this message');
    },
  );

  it('is posted rather than lost where we may not search', async () => {
    slack.inject({ method: 'chat.postMessage', kind: 'no-connection' });
    await unavailable(delivery.postOnce(notice));
    slack.inject({ method: 'conversations.history', kind: 'refused', error: 'missing_scope' });
    await delivery.postOnce(notice);
    expect(texts()).toEqual(['Rollback started']);
    expect(logged).toContain('cannot look for a message posted before');
  });
});

describe('a card', () => {
  const cardKey = 'RUN-31:card:run';
  const card = (text: string) => ({ key: cardKey, channel: CHANNEL, message: textMessage(text) });

  it('is posted once, then edited', async () => {
    await delivery.reconcileCard(card('1/3'));
    await delivery.reconcileCard(card('2/3'));
    await delivery.reconcileCard(card('3/3'));
    expect(texts()).toEqual(['3/3']);
  });

  it('is left alone while it shows the present state', async () => {
    await delivery.reconcileCard(card('1/3'));
    await delivery.reconcileCard(card('1/3'));
    expect(slack.calls.map(({ method }) => method)).toEqual(['chat.postMessage']);
  });

  it('whose first answer was lost is found and brought up to date', async () => {
    slack.inject({ method: 'chat.postMessage', kind: 'lost-answer' });
    await unavailable(delivery.reconcileCard(card('1/3')));
    await delivery.reconcileCard(card('2/3'));
    expect(texts()).toEqual(['2/3']);
  });

  it('that somebody deleted is posted afresh, once', async () => {
    await delivery.reconcileCard(card('1/3'));
    slack.deleteMessage(slack.messages()[0]?.ts ?? '');
    await delivery.reconcileCard(card('2/3'));
    await delivery.reconcileCard(card('3/3'));
    expect(texts()).toEqual(['3/3']);
  });

  it('that Slack will not let us edit is left as it is while it is fresh, not posted a second time', async () => {
    await delivery.reconcileCard(card('1/3'));
    slack.inject({ method: 'chat.update', kind: 'refused', error: 'edit_window_closed' });
    expect(await delivery.reconcileCard(card('2/3'))).toEqual({
      kind: 'undeliverable',
      error: 'edit_window_closed',
    });
    expect(texts()).toEqual(['1/3']);
  });

  it.each(['edit_window_closed', 'cant_update_message'])(
    'that Slack will not let us edit any more (%s) is posted afresh, and the new one is edited',
    async (error) => {
      await delivery.reconcileCard(card('1/3'));
      slack.inject({ method: 'chat.update', kind: 'refused', error });
      now += 120_000;
      await delivery.reconcileCard(card('2/3'));
      expect(texts()).toEqual(['1/3', '2/3']);
      await delivery.reconcileCard(card('3/3'));
      expect(texts()).toEqual(['1/3', '3/3']);
    },
  );

  it('that could not be edited is edited by the next try', async () => {
    await delivery.reconcileCard(card('1/3'));
    slack.inject({ method: 'chat.update', kind: 'rate-limited', retryAfterSeconds: 3 });
    await unavailable(delivery.reconcileCard(card('2/3')));
    await delivery.reconcileCard(card('2/3'));
    expect(texts()).toEqual(['2/3']);
  });
});

describe('a message with blocks that Slack refuses', () => {
  const broken: Message = {
    text: 'Rollback of Web shop',
    blocks: [section('fine'), { type: 'actions', elements: [] }],
  };

  it('is posted as text, once', async () => {
    await delivery.postOnce({ key, channel: CHANNEL, message: broken });
    await delivery.postOnce({ key, channel: CHANNEL, message: broken });
    expect(texts()).toEqual(['Rollback of Web shop']);
    expect(slack.messages()[0]?.blocks).toBeUndefined();
    expect(logged).toEqual(['slack refused the blocks of a message: sent as text']);
  });

  it('replaces the blocks that stood there when it is an edit', async () => {
    await delivery.reconcileCard({ key, channel: CHANNEL, message: textMessage('before') });
    await delivery.reconcileCard({ key, channel: CHANNEL, message: broken });
    expect(slack.messages()).toMatchObject([{ text: 'Rollback of Web shop', blocks: [] }]);
  });
});

describe('a file', () => {
  const file = {
    key: 'RUN-31-9:output',
    channel: CHANNEL,
    threadTs: '1700000000.000100',
    filename: 'RUN-31-deploy-1.txt',
    content: 'npm ERR! missing script',
  };
  const names = () => slack.messages().flatMap(({ files = [] }) => files.map(({ name }) => name));

  it('is uploaded into the thread once', async () => {
    await delivery.uploadFile(file);
    await delivery.uploadFile(file);
    expect(names()).toEqual(['RUN-31-deploy-1.txt']);
    expect(slack.messages()[0]?.thread_ts).toBe(file.threadTs);
  });

  it('whose answer was lost is not uploaded twice', async () => {
    slack.inject({ method: 'files.completeUploadExternal', kind: 'lost-answer' });
    await unavailable(delivery.uploadFile(file));
    await delivery.uploadFile(file);
    expect(names()).toEqual(['RUN-31-deploy-1.txt']);
  });

  it('without content says so, since Slack takes no empty file', async () => {
    expect(await delivery.uploadFile({ ...file, content: '' })).toMatchObject({ kind: 'delivered' });
  });
});

describe('a queue that repeats the head until it is through', () => {
  it('keeps the order over limits, outages and lost answers, with nothing lost and nothing doubled', async () => {
    const fault = { method: 'chat.postMessage' } as const;
    slack.inject({ ...fault, kind: 'lost-answer' });
    slack.inject({ ...fault, kind: 'rate-limited', retryAfterSeconds: 1 });
    slack.inject({ ...fault, kind: 'status', status: 503 });
    slack.inject({ ...fault, kind: 'lost-answer' });
    const wanted = Array.from({ length: 12 }, (_, number) => `message ${number}`);
    const waits: number[] = [];
    for (const text of wanted) {
      const item = { key: text, channel: CHANNEL, message: textMessage(text) };
      for (;;) {
        const result = await delivery.postOnce(item).catch((error: unknown) => error);
        if (!(result instanceof SlackUnavailable)) break;
        waits.push(result.retryAfterMs);
      }
    }
    expect(texts()).toEqual(wanted);
    expect(waits).toHaveLength(4);
  });
});
