import { Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Log } from '../../engine/ports/log.ts';
import { parseWork } from '../../engine/reactions/job-data.ts';
import type { WorkOf } from '../../engine/reactions/jobs.ts';
import { QUEUE } from './queues.ts';

/** How long a dead worker's run waits for another: the lock's length and a stalled check. */
const LOCK_MS = 6_000;
const STALLED_CHECK_MS = 2_000;

export type RunningWorker = { readonly close: () => Promise<void> };

/** Takes drive jobs. A job whose worker died is given out again as often as it takes; the run's journal decides. */
export function startDriveWorker({
  redis,
  prefix,
  concurrency,
  handle,
  log,
}: {
  readonly redis: Redis;
  readonly prefix: string;
  readonly concurrency: number;
  readonly handle: (work: WorkOf<'drive'>, job: string) => Promise<void>;
  readonly log: Log;
}): RunningWorker {
  const worker = new Worker(
    QUEUE.drive,
    async (job, token) => handle(parseWork('drive', job.data), `${job.id}-${token ?? ''}`),
    {
      connection: redis,
      prefix,
      concurrency,
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_CHECK_MS,
      maxStalledCount: 1_000,
    },
  );
  // While Redis is away its connection says so, once; the worker would say it every second.
  worker.on('error', (error) => {
    if (redis.status === 'ready') log.warn({ error: error.message }, 'drive worker is in trouble');
  });
  worker.on('failed', (job, error) =>
    log.error({ error, job: job?.id, data: job?.data }, 'drive job failed'),
  );
  return { close: () => worker.close() };
}
