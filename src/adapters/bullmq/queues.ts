import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { FollowOnQueue } from '../../engine/ports/follow-on-queue.ts';
import type { FollowOn } from '../../engine/reactions/follow-on.ts';

export const DRIVE_QUEUE = 'drive';
export const DELIVERY_QUEUE = 'delivery';
/** Work without Slack that must not stand in line behind runs: timers of incidents, and what they lead to. */
export const INCIDENT_QUEUE = 'incidents';

const KEEP_DONE = { age: 24 * 3600, count: 10_000 };
const KEEP_FAILED = { age: 7 * 24 * 3600, count: 10_000 };

export type Queues = FollowOnQueue & { readonly close: () => Promise<void> };

/**
 * Follow-on work as BullMQ jobs. Drives are one at a time for each run, cards one at a time for each card: while
 * one is active, any number of new ones become the single next one. Everything else is keyed by its cause.
 */
export async function createQueues({
  redis,
  prefix,
}: {
  readonly redis: Redis;
  readonly prefix: string;
}): Promise<Queues> {
  const defaultJobOptions = { removeOnComplete: KEEP_DONE, removeOnFail: KEEP_FAILED };
  const drives = new Queue(DRIVE_QUEUE, { connection: redis, prefix, defaultJobOptions });
  const deliveries = new Queue(DELIVERY_QUEUE, { connection: redis, prefix, defaultJobOptions });
  const incidents = new Queue(INCIDENT_QUEUE, { connection: redis, prefix, defaultJobOptions });
  // The connection tells the log of an outage; unheard, every queue would print each failure for itself.
  for (const queue of [drives, deliveries, incidents]) queue.on('error', () => undefined);
  // One delivery at a time over all processes keeps messages in order.
  await deliveries.setGlobalConcurrency(1);

  return {
    add: async (work, cause) => {
      const queue = { drive: drives, delivery: deliveries, incident: incidents }[queueOf(work)];
      await queue.add(work.kind, work, options(work, cause));
    },
    close: async () => {
      await Promise.all([drives.close(), deliveries.close(), incidents.close()]);
    },
  };
}

/** A drive that can't go on (a disk full, a bug) is tried until it can, and the log says so: a run is never left alone. */
const RETRY_DRIVE = { attempts: 100_000, backoff: { type: 'fixed', delay: 3_000 } } as const;
const RETRY_DELIVERY = { attempts: 5, backoff: { type: 'fixed', delay: 1_000 } } as const;

function options(work: FollowOn, cause: string) {
  switch (work.kind) {
    case 'drive':
      return { ...RETRY_DRIVE, deduplication: { id: `drive-${work.run}`, keepLastIfActive: true } };
    case 'wake':
    case 'expire':
      return {
        ...RETRY_DRIVE,
        jobId: `${work.kind}-${cause}`,
        delay: Math.max(0, Date.parse(work.at) - Date.now()),
      };
    case 'card':
      return {
        ...RETRY_DELIVERY,
        deduplication: { id: `card-${work.card}-${work.run}`, keepLastIfActive: true },
      };
    case 'notice':
      return { ...RETRY_DELIVERY, jobId: `notice-${work.notice}-${cause}` };
    case 'output-file':
      return { ...RETRY_DELIVERY, jobId: `output-file-${cause}` };
    case 'incident-due':
      // By its time: however often a timer is set, it is one, until it has gone off.
      return work.at === null
        ? { ...RETRY_DRIVE, jobId: `incident-due-${cause}` }
        : {
            ...RETRY_DRIVE,
            deduplication: { id: `incident-due-${work.incident}-${Date.parse(work.at)}` },
            delay: Math.max(0, Date.parse(work.at) - Date.now()),
          };
    case 'trigger-rollback':
    case 'tell-incident':
    case 'restate-runs':
    case 'absorb-incident':
      return { ...RETRY_DRIVE, jobId: `${work.kind}-${cause}` };
    case 'incident-card':
      return {
        ...RETRY_DELIVERY,
        deduplication: { id: `incident-card-${work.incident}`, keepLastIfActive: true },
      };
    case 'incident-notice':
      return { ...RETRY_DELIVERY, jobId: `${work.notice}-${cause}` };
    case 'open-channel':
      return { ...RETRY_DELIVERY, jobId: `open-channel-${cause}` };
  }
}

function queueOf({ kind }: FollowOn): 'drive' | 'delivery' | 'incident' {
  switch (kind) {
    case 'drive':
    case 'wake':
    case 'expire':
      return 'drive';
    case 'card':
    case 'notice':
    case 'output-file':
    case 'incident-card':
    case 'incident-notice':
    case 'open-channel':
      return 'delivery';
    case 'incident-due':
    case 'trigger-rollback':
    case 'tell-incident':
    case 'restate-runs':
    case 'absorb-incident':
      return 'incident';
  }
}
