import { describe, expect, it, onTestFinished } from 'vitest';
import { createRedisEventStore } from '../../src/adapters/redis/event-store.ts';
import { consumeOutbox } from '../../src/adapters/redis/outbox.ts';
import type { DomainEvent } from '../../src/domain/events.ts';
import { later } from '../support/later.ts';
import { quietLog } from '../support/quiet-log.ts';
import { type TestRedis, testRedis } from '../support/redis.ts';
import { aRun } from '../support/run-builder.ts';

const ABANDONED_MS = 300;

/** One stream with this many events, all in the outbox. */
async function tell(test: TestRedis, count: number, stream = 'RUN-1'): Promise<readonly string[]> {
  const store = createRedisEventStore(test);
  const [requested] = aRun().events();
  if (requested?.type !== 'rollback.requested') throw new Error('a run begins with its request');
  const { at, actor, payload } = requested;
  const ids: string[] = [];
  for (let version = 0; version < count; version++) {
    const body =
      version === 0
        ? { type: requested.type, payload }
        : {
            type: 'approval.refused' as const,
            payload: { press: 'approve' as const, refusal: 'own-request' },
          };
    await store.append({ stream, expectedVersion: version, at, actor, events: [body], index: [] });
    ids.push(`${stream}-${version + 1}`);
  }
  return ids;
}

/** Consumes until told otherwise; `heard(n)` resolves when n events have been handled. */
function aConsumer(
  test: TestRedis,
  consumer: string,
  before: (event: DomainEvent) => Promise<void> = async () => undefined,
  blocking = test.connect(),
) {
  const events: string[] = [];
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  const outbox = consumeOutbox({
    blocking,
    redis: test.redis,
    keys: test.keys,
    consumer,
    log: quietLog,
    abandonedMs: ABANDONED_MS,
    handle: async (event) => {
      await before(event);
      events.push(event.id);
      for (const { count, resolve } of waiting) if (events.length >= count) resolve();
    },
  });
  onTestFinished(() => outbox.stop());
  const heard = (count: number) => {
    const all = later();
    if (events.length >= count) all.resolve();
    waiting.push({ count, resolve: all.resolve });
    return all.promise;
  };
  return { events, heard, stop: outbox.stop };
}

const leftOver = (test: TestRedis) => test.redis.xlen(test.keys.outbox);

describe('the outbox', () => {
  it('gives every event to one of its consumers, and keeps none', async () => {
    const test = testRedis();
    let count = 0;
    const all = later();
    const consumers = ['one', 'two', 'three'].map((name) =>
      aConsumer(test, name, async () => {
        count += 1;
        if (count === 200) all.resolve();
      }),
    );
    const told = await tell(test, 200);
    await all.promise;
    await Promise.all(consumers.map((consumer) => consumer.stop()));
    expect(consumers.flatMap((consumer) => consumer.events).sort()).toEqual([...told].sort());
    expect(await leftOver(test)).toBe(0);
  });

  it('keeps the order, for what was there before anybody listened and for what comes', async () => {
    const test = testRedis();
    const before = await tell(test, 100);
    const consumer = aConsumer(test, 'one');
    const after = await tell(test, 30, 'RUN-2');
    await consumer.heard(130);
    expect(consumer.events).toEqual([...before, ...after]);
  });

  it('gives what a dead consumer had in hand to another', async () => {
    const test = testRedis();
    const dead = test.connect();
    await test.redis.xgroup('CREATE', test.keys.outbox, 'reactions', '0', 'MKSTREAM');
    const told = await tell(test, 5);
    await dead.xreadgroup('GROUP', 'reactions', 'dead', 'COUNT', 3, 'STREAMS', test.keys.outbox, '>');
    dead.disconnect();
    const consumer = aConsumer(test, 'alive');
    await consumer.heard(5);
    await consumer.stop();
    expect([...consumer.events].sort()).toEqual([...told].sort());
    expect(await leftOver(test)).toBe(0);
  });

  it('tries an event again that could not be handled, before those that come after it', async () => {
    const test = testRedis();
    let failures = 2;
    const told = await tell(test, 3);
    const consumer = aConsumer(test, 'one', async (event) => {
      if (event.id === 'RUN-1-2' && failures-- > 0) throw new Error('the queue is away');
    });
    await consumer.heard(3);
    await consumer.stop();
    expect(consumer.events).toEqual(told);
    expect(await leftOver(test)).toBe(0);
  });

  it('lets an event that nobody can handle hold up no other, and does not forget it', async () => {
    const test = testRedis();
    await tell(test, 3);
    const consumer = aConsumer(test, 'one', async (event) => {
      if (event.id === 'RUN-1-2') throw new Error('always');
    });
    await consumer.heard(2);
    await consumer.stop();
    expect(consumer.events).toEqual(['RUN-1-1', 'RUN-1-3']);
    const entries = await test.redis.xrange(test.keys.outbox, '-', '+');
    expect(entries.map(([, fields]) => fields[1])).toEqual([expect.stringContaining('"RUN-1-2"')]);
  });

  it('stops with the event in hand finished', async () => {
    const test = testRedis();
    const begun = later();
    const mayEnd = later();
    await tell(test, 1);
    const consumer = aConsumer(test, 'one', async () => {
      begun.resolve();
      await mayEnd.promise;
    });
    await begun.promise;
    const stopped = consumer.stop();
    mayEnd.resolve();
    await stopped;
    expect(consumer.events).toEqual(['RUN-1-1']);
    expect(await leftOver(test)).toBe(0);
  });

  it('goes on after its connection was cut', async () => {
    const test = testRedis();
    const blocking = test.connect();
    const connection = blocking.client('ID');
    const consumer = aConsumer(test, 'one', undefined, blocking);
    await tell(test, 1);
    await consumer.heard(1);
    await test.redis.client('KILL', 'ID', await connection);
    const told = await tell(test, 2, 'RUN-2');
    await consumer.heard(3);
    expect(consumer.events).toEqual(['RUN-1-1', ...told]);
  });
});
