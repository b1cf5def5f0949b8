import { describe, expect, it, onTestFinished } from 'vitest';
import { SlackUnavailable } from '../../../src/engine/ports/slack-unavailable.ts';
import type { FollowOn } from '../../../src/engine/reactions/jobs.ts';
import { later } from '../../support/later.ts';
import { anIncidentWorker, someQueues } from '../../support/queues/queue-workers.ts';
import { quietLog } from '../../support/quiet-log.ts';
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

describe('channels of incidents', () => {
  const channel = (incident: string, tries = 0, at: string | null = null): FollowOn => ({
    ...{ kind: 'channel', incident, role: null, tries, at },
  });

  it('are made by one job at a time for each incident, however many ask for it at once', async () => {
    const test = testRedis();
    const queues = await someQueues(test);
    const [release, inHand, second, taken, after] = [later(), later(), later(), later(), later()];
    let begun = 0;
    anIncidentWorker(test, async (work) => {
      const incident = 'incident' in work ? work.incident : '';
      // Whatever was added before these has been taken by then, had it been free to be.
      if (incident === 'INC-2') return taken.resolve();
      if (incident === 'INC-3') return after.resolve();
      begun += 1;
      if (begun === 2) second.resolve();
      if (begun > 1) return;
      inHand.resolve();
      await release.promise;
    });
    onTestFinished(() => release.resolve());
    await queues.add(channel('INC-1'), 'INC-1-1');
    await inHand.promise;
    await queues.add(channel('INC-1'), 'INC-1-4');
    await queues.add(channel('INC-1'), 'INC-1-5');
    await queues.add(channel('INC-2'), 'INC-2-1');
    await taken.promise;
    expect(begun).toBe(1);
    release.resolve();
    await second.promise;
    await queues.add(channel('INC-3'), 'INC-3-1');
    await after.promise;
    expect(begun).toBe(2);
  });

  it('wait as long as Slack asks, which is no failure', async () => {
    const test = testRedis();
    const queues = await someQueues(test);
    const done = later();
    const asked: number[] = [];
    const failures: string[] = [];
    const log = { ...quietLog, error: (_: object, message: string) => failures.push(message) };
    anIncidentWorker(
      test,
      async () => {
        asked.push(Date.now());
        if (asked.length <= 2) throw new SlackUnavailable('rate limited', 150);
        done.resolve();
      },
      log,
    );
    await queues.add(channel('INC-1'), 'INC-1-1');
    await done.promise;
    const [one = 0, two = 0, three = 0] = asked;
    expect(two - one).toBeGreaterThanOrEqual(145);
    expect(three - two).toBeGreaterThanOrEqual(145);
    expect(failures).toEqual([]);
  });

  it('look again for the card at their time, beside one that is asked for meanwhile', async () => {
    const test = testRedis();
    const queues = await someQueues(test);
    const both = later();
    const tries: number[] = [];
    anIncidentWorker(test, async (work) => {
      if (work.kind !== 'channel') return;
      tries.push(work.tries);
      if (tries.length === 2) both.resolve();
    });
    await queues.add(channel('INC-1', 1, new Date(Date.now() + 200).toISOString()), 'INC-1-channel');
    await queues.add(channel('INC-1'), 'INC-1-4');
    await both.promise;
    expect(tries).toEqual([0, 1]);
  });
});
