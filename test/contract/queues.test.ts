import { describe, expect, it, onTestFinished } from 'vitest';
import { startDeliveryWorker } from '../../src/adapters/bullmq/delivery-worker.ts';
import { startDriveWorker } from '../../src/adapters/bullmq/drive-worker.ts';
import { startIncidentWorker } from '../../src/adapters/bullmq/incident-worker.ts';
import { createQueues } from '../../src/adapters/bullmq/queues.ts';
import type { DeliveryResult } from '../../src/engine/reactions/delivery-result.ts';
import type { FollowOn } from '../../src/engine/reactions/follow-on.ts';
import { later } from '../support/later.ts';
import { quietLog } from '../support/quiet-log.ts';
import { type TestRedis, testRedis } from '../support/redis.ts';

const drive = (run: string): FollowOn => ({ kind: 'drive', run });
const card = (run: string): FollowOn => ({ kind: 'card', card: 'run', run });
const notice = (event: string): FollowOn => ({
  kind: 'notice',
  notice: 'rollback-started',
  run: 'RUN-1',
  event,
});

async function someQueues(test: TestRedis) {
  const queues = await createQueues({ redis: test.redis, prefix: test.keys.prefix });
  onTestFinished(() => queues.close());
  return queues;
}

function aDriveWorker(test: TestRedis, handle: (work: FollowOn, job: string) => Promise<void>) {
  const worker = startDriveWorker({
    redis: test.connect(),
    prefix: test.keys.prefix,
    concurrency: 5,
    log: quietLog,
    handle,
  });
  onTestFinished(() => worker.close());
  return worker;
}

function aDeliveryWorker(test: TestRedis, deliver: (work: FollowOn) => Promise<DeliveryResult>) {
  const worker = startDeliveryWorker({
    redis: test.connect(),
    prefix: test.keys.prefix,
    log: quietLog,
    deliver,
  });
  onTestFinished(() => worker.close());
}

const runOf = (work: FollowOn): string => ('run' in work ? work.run : '');

describe('drives', () => {
  it('of one run are never active twice at once, and one added meanwhile comes afterwards', async () => {
    const test = testRedis();
    const queues = await someQueues(test);
    const begun = [later(), later()];
    const mayEnd = [later(), later()];
    const other = later();
    const jobs: string[] = [];
    let active = 0;
    let most = 0;
    const handle = async (work: FollowOn, job: string) => {
      if (runOf(work) === 'RUN-2') return other.resolve();
      const turn = jobs.push(job) - 1;
      most = Math.max(most, ++active);
      begun[turn]?.resolve();
      await mayEnd[turn]?.promise;
      active -= 1;
    };
    for (let workers = 0; workers < 3; workers++) aDriveWorker(test, handle);
    await queues.add(drive('RUN-1'), 'RUN-1-1');
    await begun[0]?.promise;
    for (let more = 2; more < 12; more++) await queues.add(drive('RUN-1'), `RUN-1-${more}`);
    // Another run's is taken meanwhile, so a second one of this run would have been taken as well.
    await queues.add(drive('RUN-2'), 'RUN-2-1');
    await other.promise;
    mayEnd[0]?.resolve();
    await begun[1]?.promise;
    mayEnd[1]?.resolve();
    expect(jobs).toHaveLength(2);
    expect(new Set(jobs).size).toBe(2);
    expect(most).toBe(1);
  });

  it('of different runs go on side by side', async () => {
    const test = testRedis();
    const queues = await someQueues(test);
    const active = new Set<string>();
    const both = later();
    aDriveWorker(test, async (work) => {
      active.add(runOf(work));
      if (active.size === 2) both.resolve();
      await both.promise;
    });
    await queues.add(drive('RUN-1'), 'RUN-1-1');
    await queues.add(drive('RUN-2'), 'RUN-2-1');
    await both.promise;
    expect([...active].sort()).toEqual(['RUN-1', 'RUN-2']);
  });

  it('that throws comes again, and afterwards the one that was added meanwhile', async () => {
    const test = testRedis();
    const queues = await someQueues(test);
    const seen: string[] = [];
    const third = later();
    aDriveWorker(test, async (_work, job) => {
      seen.push(job.replace(/-.*/, ''));
      if (seen.length === 1) {
        await queues.add(drive('RUN-1'), 'RUN-1-2');
        throw new Error('the repository folder is full');
      }
      if (seen.length === 3) third.resolve();
    });
    await queues.add(drive('RUN-1'), 'RUN-1-1');
    await third.promise;
    expect(seen[0]).toBe(seen[1]);
    expect(seen[2]).not.toBe(seen[0]);
  });

  it('name a session that no other has', async () => {
    const test = testRedis();
    const queues = await someQueues(test);
    const jobs: string[] = [];
    const all = later();
    aDriveWorker(test, async (_work, job) => {
      if (jobs.push(job) === 5) all.resolve();
      else await queues.add(drive('RUN-1'), 'again');
    });
    await queues.add(drive('RUN-1'), 'RUN-1-1');
    await all.promise;
    expect(new Set(jobs).size).toBe(5);
  });

  it('in hand are finished before the worker closes, and what is left is done after it, once', async () => {
    const test = testRedis();
    const queues = await someQueues(test);
    const begun = later();
    const mayEnd = later();
    const next = later();
    const done: string[] = [];
    // A closing worker may still take one that it was about to fetch.
    const handle = async (): Promise<void> => {
      const turn = done.push('begun');
      if (turn > 1) return next.resolve();
      begun.resolve();
      await mayEnd.promise;
      done[0] = 'ended';
    };
    const closing = aDriveWorker(test, handle);
    await queues.add(drive('RUN-1'), 'RUN-1-1');
    await begun.promise;
    await queues.add(drive('RUN-1'), 'RUN-1-2');
    const closed = closing.close();
    mayEnd.resolve();
    await closed;
    expect(done[0]).toBe('ended');
    aDriveWorker(test, handle);
    await next.promise;
    expect(done).toEqual(['ended', 'begun']);
  });
});

describe('timers', () => {
  it('come at their time and not before, once for each cause', async () => {
    const test = testRedis();
    const queues = await someQueues(test);
    const at = Date.now() + 400;
    const wake: FollowOn = { kind: 'wake', run: 'RUN-1', at: new Date(at).toISOString() };
    const expire: FollowOn = {
      kind: 'expire',
      run: 'RUN-1',
      digest: 'd',
      at: new Date(at + 300).toISOString(),
    };
    const came: { readonly kind: string; readonly at: number }[] = [];
    const all = later();
    aDriveWorker(test, async ({ kind }) => {
      came.push({ kind, at: Date.now() });
      if (kind === 'expire') all.resolve();
    });
    await queues.add(wake, 'RUN-1-7');
    await queues.add(wake, 'RUN-1-7');
    await queues.add(expire, 'RUN-1-1');
    await all.promise;
    expect(came.map(({ kind }) => kind)).toEqual(['wake', 'expire']);
    expect(came[0]?.at).toBeGreaterThanOrEqual(at);
    expect(came[1]?.at).toBeGreaterThanOrEqual(at + 300);
  });
});

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

describe('timers of incidents', () => {
  const anIncidentWorker = (test: TestRedis, handle: (work: FollowOn) => Promise<void>) => {
    const { prefix } = test.keys;
    const worker = startIncidentWorker({ redis: test.connect(), prefix, log: quietLog, handle });
    onTestFinished(() => worker.close());
    return worker;
  };
  const due = (incident: string, at: string | null): FollowOn => ({ kind: 'incident-due', incident, at });

  it('fire once, however often they are set, and not before their time', async () => {
    const test = testRedis();
    const queues = await someQueues(test);
    const fired: number[] = [];
    const last = later();
    anIncidentWorker(test, async (work) => {
      if ('incident' in work && work.incident === 'INC-2') last.resolve();
      else fired.push(Date.now());
    });
    const at = Date.now() + 300;
    for (let times = 0; times < 5; times++)
      await queues.add(due('INC-1', new Date(at).toISOString()), 'INC-1');
    await queues.add(due('INC-2', new Date(at + 200).toISOString()), 'INC-2');
    await last.promise;
    expect(fired).toHaveLength(1);
    expect(fired[0]).toBeGreaterThanOrEqual(at - 5);
  });

  it('can be set again for a time that has gone off already', async () => {
    const test = testRedis();
    const queues = await someQueues(test);
    const timer = due('INC-1', new Date().toISOString());
    for (const fired of [later(), later()]) {
      await queues.add(timer, 'INC-1');
      const worker = anIncidentWorker(test, async () => fired.resolve());
      await fired.promise;
      await worker.close();
    }
  });

  it('are given out again after an error', async () => {
    const test = testRedis();
    const queues = await someQueues(test);
    let times = 0;
    const twice = later();
    anIncidentWorker(test, async () => {
      if (++times === 2) return twice.resolve();
      throw new Error('git is slow');
    });
    await queues.add(due('INC-1', null), 'INC-1-1');
    await twice.promise;
    expect(times).toBe(2);
  });
});
