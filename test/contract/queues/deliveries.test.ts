import { describe, expect, it } from 'vitest';
import type { DeliveryResult } from '../../../src/engine/reactions/delivery-result.ts';
import type { FollowOn } from '../../../src/engine/reactions/jobs.ts';
import { later } from '../../support/later.ts';
import { aDeliveryWorker, card, notice, someQueues } from '../../support/queues/queue-workers.ts';
import { testRedis } from '../../support/redis.ts';

describe('deliveries', () => {
  it('go out in the order in which they were added, one at a time, however many bots there are', async () => {
    const test = testRedis();
    const queues = await someQueues(test);
    const out: string[] = [];
    let active = 0;
    let most = 0;
    const all = later();
    const deliver = async (work: FollowOn): Promise<DeliveryResult> => {
      most = Math.max(most, ++active);
      await test.redis.ping();
      out.push(work.kind === 'notice' ? work.event : work.kind);
      active -= 1;
      if (out.length === 30) all.resolve();
      return { kind: 'delivered' };
    };
    const events = Array.from({ length: 30 }, (_, index) => `RUN-1-${index + 1}`);
    for (const event of events) await queues.add(notice(event), event);
    aDeliveryWorker(test, deliver);
    aDeliveryWorker(test, deliver);
    await all.promise;
    expect(out).toEqual(events);
    expect(most).toBe(1);
  });

  it('of the same notice for the same cause are one, even when the first is long done', async () => {
    const test = testRedis();
    const queues = await someQueues(test);
    const out: string[] = [];
    const first = later();
    const marker = later();
    aDeliveryWorker(test, async (work) => {
      out.push(work.kind === 'notice' ? work.event : work.kind);
      first.resolve();
      if (work.kind === 'card') marker.resolve();
      return { kind: 'delivered' };
    });
    await queues.add(notice('RUN-1-5'), 'RUN-1-5');
    await first.promise;
    await queues.add(notice('RUN-1-5'), 'RUN-1-5');
    await queues.add(card('RUN-1'), 'RUN-1-6');
    await marker.promise;
    expect(out).toEqual(['RUN-1-5', 'card']);
  });

  it('wait while Slack is unavailable, and then go out in the same order, with nothing lost', async () => {
    const test = testRedis();
    const queues = await someQueues(test);
    const tried: string[] = [];
    const out: string[] = [];
    const all = later();
    let refusals = 3;
    const deliver = async (work: FollowOn): Promise<DeliveryResult> => {
      const name = work.kind === 'notice' ? work.event : work.kind;
      tried.push(name);
      if (refusals-- > 0) return { kind: 'unavailable', inMs: 100, why: 'ratelimited' };
      out.push(name);
      if (out.length === 4) all.resolve();
      return { kind: 'delivered' };
    };
    for (const event of ['RUN-1-1', 'RUN-1-2', 'RUN-1-3', 'RUN-1-4']) await queues.add(notice(event), event);
    aDeliveryWorker(test, deliver);
    aDeliveryWorker(test, deliver);
    await all.promise;
    expect(out).toEqual(['RUN-1-1', 'RUN-1-2', 'RUN-1-3', 'RUN-1-4']);
    expect(tried.slice(0, 4)).toEqual(Array(4).fill('RUN-1-1'));
  });

  it.each([0, 0.5])('are not lost over a pause of %s ms, which Redis could not keep', async (inMs) => {
    const test = testRedis();
    const queues = await someQueues(test);
    const done = later();
    let tries = 0;
    aDeliveryWorker(test, async () => {
      tries++;
      if (tries < 8) return { kind: 'unavailable', inMs, why: 'ratelimited' };
      done.resolve();
      return { kind: 'delivered' };
    });
    await queues.add(notice('RUN-1-1'), 'RUN-1-1');
    await done.promise;
    expect(tries).toBe(8);
  });

  it('wait in every bot when Slack asked one of them for a pause', async () => {
    const test = testRedis();
    const queues = await someQueues(test);
    const triedAt: number[] = [];
    const done = later();
    const deliver = async (): Promise<DeliveryResult> => {
      triedAt.push(performance.now());
      if (triedAt.length === 1) return { kind: 'unavailable', inMs: 400, why: 'ratelimited' };
      done.resolve();
      return { kind: 'delivered' };
    };
    for (const _bot of [1, 2, 3]) aDeliveryWorker(test, deliver);
    await queues.add(notice('RUN-1-1'), 'RUN-1-1');
    await done.promise;
    expect((triedAt[1] ?? 0) - (triedAt[0] ?? 0)).toBeGreaterThan(350);
  });

  it('of a card that was edited just now come later, once, and hold up nothing else', async () => {
    const test = testRedis();
    const queues = await someQueues(test);
    const out: string[] = [];
    const all = later();
    let tooSoon = true;
    aDeliveryWorker(test, async (work) => {
      if (work.kind === 'card' && tooSoon) {
        tooSoon = false;
        // While it waits, any number of changes are shown by the one edit to come.
        out.push('too soon');
        return { kind: 'too-soon', inMs: 300 };
      }
      out.push(work.kind);
      if (work.kind === 'card') all.resolve();
      if (work.kind === 'notice')
        for (let change = 0; change < 5; change++) await queues.add(card('RUN-1'), 'x');
      return { kind: 'delivered' };
    });
    await queues.add(card('RUN-1'), 'RUN-1-1');
    await queues.add(notice('RUN-1-2'), 'RUN-1-2');
    await all.promise;
    expect(out).toEqual(['too soon', 'notice', 'card']);
  });

  it('of a card that changes while it is drawn are followed by one more, so the last state lands', async () => {
    const test = testRedis();
    const queues = await someQueues(test);
    let drawn = 0;
    const last = later();
    const marker = later();
    aDeliveryWorker(test, async (work) => {
      if (work.kind === 'notice') marker.resolve();
      if (work.kind === 'card' && ++drawn === 1)
        for (let change = 0; change < 5; change++) await queues.add(card('RUN-1'), 'x');
      if (drawn === 2) last.resolve();
      return { kind: 'delivered' };
    });
    await queues.add(card('RUN-1'), 'RUN-1-1');
    await last.promise;
    await queues.add(notice('RUN-1-9'), 'RUN-1-9');
    await marker.promise;
    expect(drawn).toBe(2);
  });
});
