import { describe, expect, it } from 'vitest';
import type { FollowOn } from '../../../src/engine/reactions/jobs.ts';
import { later } from '../../support/later.ts';
import { aDriveWorker, drive, runOf, someQueues } from '../../support/queues/queue-workers.ts';
import { testRedis } from '../../support/redis.ts';

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
