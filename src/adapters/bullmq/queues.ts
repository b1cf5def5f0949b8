import { type JobsOptions, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { FollowOnQueue } from '../../engine/ports/follow-on-queue.ts';
import { keepingOf, queueOf } from '../../engine/reactions/job-data.ts';
import type { Keeping, QueueName } from '../../engine/reactions/jobs.ts';

/** The names of BullMQ's queues. */
export const QUEUE: Readonly<Record<QueueName, string>> = {
  drive: 'drive',
  delivery: 'delivery',
  incident: 'incidents',
};

const KEEP_DONE = { age: 24 * 3600, count: 10_000 };
const KEEP_FAILED = { age: 7 * 24 * 3600, count: 10_000 };

export type Queues = FollowOnQueue & { readonly close: () => Promise<void> };

/** Follow-on work as BullMQ jobs, each kept as its definition in engine/reactions/jobs.ts says. */
export async function createQueues({
  redis,
  prefix,
}: {
  readonly redis: Redis;
  readonly prefix: string;
}): Promise<Queues> {
  const defaultJobOptions = { removeOnComplete: KEEP_DONE, removeOnFail: KEEP_FAILED };
  const open = (name: QueueName): Queue => {
    const queue = new Queue(QUEUE[name], { connection: redis, prefix, defaultJobOptions });
    // The connection tells the log of an outage; unheard, every queue would print each failure for itself.
    queue.on('error', () => undefined);
    return queue;
  };
  const queues = { drive: open('drive'), delivery: open('delivery'), incident: open('incident') };
  // One delivery at a time over all processes keeps messages in order.
  await queues.delivery.setGlobalConcurrency(1);

  return {
    add: async (work, cause) => {
      const queue = queueOf(work);
      const keeping = kept(work.kind, keepingOf(work, cause));
      await queues[queue].add(work.kind, work, { ...RETRY[queue], ...keeping });
    },
    close: async () => {
      await Promise.all(Object.values(queues).map((queue) => queue.close()));
    },
  };
}

/** What can't go on (a disk full, a bug) is tried until it can, and the log says so: a run is never left alone. */
const UNTIL_IT_CAN = { attempts: 100_000, backoff: { type: 'fixed', delay: 3_000 } } as const;

const RETRY: Readonly<Record<QueueName, JobsOptions>> = {
  drive: UNTIL_IT_CAN,
  delivery: { attempts: 5, backoff: { type: 'fixed', delay: 1_000 } },
  incident: UNTIL_IT_CAN,
};

function kept(kind: string, keeping: Keeping): JobsOptions {
  switch (keeping.kind) {
    case 'latest':
      return {
        deduplication: { id: `${kind}-${keeping.of}`, keepLastIfActive: true },
        ...(keeping.at === undefined ? {} : delayUntil(keeping.at)),
      };
    case 'once':
      return { jobId: `${kind}-${keeping.id}`, ...(keeping.at === undefined ? {} : delayUntil(keeping.at)) };
    case 'timer':
      return {
        deduplication: { id: `${kind}-${keeping.of}-${Date.parse(keeping.at)}` },
        ...delayUntil(keeping.at),
      };
  }
}

const delayUntil = (at: string) => ({ delay: Math.max(0, Date.parse(at) - Date.now()) });
