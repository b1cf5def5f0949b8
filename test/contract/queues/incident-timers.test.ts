import { describe, expect, it } from 'vitest';
import type { FollowOn } from '../../../src/engine/reactions/jobs.ts';
import { later } from '../../support/later.ts';
import { anIncidentWorker, someQueues } from '../../support/queues/queue-workers.ts';
import { testRedis } from '../../support/redis.ts';

describe('timers of incidents', () => {
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
