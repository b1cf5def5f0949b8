import { DelayedError, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Log } from '../../engine/ports/log.ts';
import type { DeliveryResult } from '../../engine/reactions/delivery-result.ts';
import { parseWork } from '../../engine/reactions/job-data.ts';
import type { WorkOf } from '../../engine/reactions/jobs.ts';
import type { RunningWorker } from './drive-worker.ts';
import { QUEUE } from './queues.ts';

/** Out of reach of any day's messages: BullMQ keeps to a pause, over all bots, only where there is some limit. */
const NO_LIMIT = { max: Number.MAX_SAFE_INTEGER, duration: 1_000 };

/** Takes deliveries one at a time, in order. While they are not possible nothing is lost and nothing overtakes. */
export function startDeliveryWorker({
  redis,
  prefix,
  deliver,
  log,
}: {
  readonly redis: Redis;
  readonly prefix: string;
  readonly deliver: (work: WorkOf<'delivery'>) => Promise<DeliveryResult>;
  readonly log: Log;
}): RunningWorker {
  const worker: Worker = new Worker(
    QUEUE.delivery,
    async (job, token) => {
      const result = await deliver(parseWork('delivery', job.data));
      if (result.kind === 'too-soon') {
        await job.moveToDelayed(Date.now() + result.inMs, token);
        throw new DelayedError();
      }
      if (result.kind === 'unavailable') {
        log.warn(
          { inMs: result.inMs, why: result.why },
          'slack can not be told anything now; deliveries wait',
        );
        // Redis takes whole milliseconds, at least one.
        await worker.rateLimit(Math.max(1, Math.ceil(result.inMs)));
        throw Worker.RateLimitError();
      }
    },
    {
      connection: redis,
      prefix,
      concurrency: 1,
      limiter: NO_LIMIT,
      lockDuration: 30_000,
      stalledInterval: 5_000,
      maxStalledCount: 1_000,
    },
  );
  worker.on('error', (error) => {
    if (redis.status === 'ready') log.warn({ error: error.message }, 'delivery worker is in trouble');
  });
  worker.on('failed', (job, error) => log.error({ error, job: job?.id, data: job?.data }, 'delivery failed'));
  return { close: () => worker.close() };
}
