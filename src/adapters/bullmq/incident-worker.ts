import { DelayedError, type Job, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Log } from '../../engine/ports/log.ts';
import { SlackUnavailable } from '../../engine/ports/slack-unavailable.ts';
import { parseWork } from '../../engine/reactions/job-data.ts';
import type { WorkOf } from '../../engine/reactions/jobs.ts';
import type { RunningWorker } from './drive-worker.ts';
import { QUEUE } from './queues.ts';

/** Most of it waits for Redis or git: many at once, so that no timer stands in line behind a fetch. */
const CONCURRENCY = 50;

/** Takes the timers of incidents and what they lead to. What a dead process had in hand is given out again. */
export function startIncidentWorker({
  redis,
  prefix,
  handle,
  log,
}: {
  readonly redis: Redis;
  readonly prefix: string;
  readonly handle: (work: WorkOf<'incident'>) => Promise<void>;
  readonly log: Log;
}): RunningWorker {
  const take = async (job: Job, token: string | undefined): Promise<void> => {
    try {
      await handle(parseWork('incident', job.data));
    } catch (error) {
      if (!(error instanceof SlackUnavailable)) throw error;
      log.warn(
        { inMs: error.retryAfterMs, why: error.message, job: job.id },
        'slack can not be asked now; this waits',
      );
      await job.moveToDelayed(Date.now() + Math.ceil(error.retryAfterMs), token);
      throw new DelayedError();
    }
  };
  const worker = new Worker(QUEUE.incident, take, {
    connection: redis,
    prefix,
    concurrency: CONCURRENCY,
    lockDuration: 30_000,
    stalledInterval: 5_000,
    maxStalledCount: 1_000,
  });
  worker.on('error', (error) => {
    if (redis.status === 'ready') log.warn({ error: error.message }, 'incident worker is in trouble');
  });
  worker.on('failed', (job, error) =>
    log.error({ error, job: job?.id, data: job?.data }, 'incident job failed; will try again'),
  );
  return { close: () => worker.close() };
}
