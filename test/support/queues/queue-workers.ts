import { onTestFinished } from 'vitest';
import { startDeliveryWorker } from '../../../src/adapters/bullmq/delivery-worker.ts';
import { startDriveWorker } from '../../../src/adapters/bullmq/drive-worker.ts';
import { startIncidentWorker } from '../../../src/adapters/bullmq/incident-worker.ts';
import { createQueues } from '../../../src/adapters/bullmq/queues.ts';
import type { Log } from '../../../src/engine/ports/log.ts';
import type { DeliveryResult } from '../../../src/engine/reactions/delivery-result.ts';
import type { FollowOn } from '../../../src/engine/reactions/jobs.ts';
import { quietLog } from '../quiet-log.ts';
import type { TestRedis } from '../redis.ts';

export const drive = (run: string): FollowOn => ({ kind: 'drive', run });
export const card = (run: string): FollowOn => ({ kind: 'card', card: 'run', run });
export const notice = (event: string): FollowOn => ({
  kind: 'notice',
  notice: 'rollback-completed',
  run: 'RUN-1',
  event,
});

export const runOf = (work: FollowOn): string => ('run' in work ? work.run : '');

/** The queues of a test; closed with it, as its workers are. */
export async function someQueues(test: TestRedis) {
  const queues = await createQueues({ redis: test.redis, prefix: test.keys.prefix });
  onTestFinished(() => queues.close());
  return queues;
}

export function aDriveWorker(test: TestRedis, handle: (work: FollowOn, job: string) => Promise<void>) {
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

export function aDeliveryWorker(test: TestRedis, deliver: (work: FollowOn) => Promise<DeliveryResult>) {
  const worker = startDeliveryWorker({
    redis: test.connect(),
    prefix: test.keys.prefix,
    log: quietLog,
    deliver,
  });
  onTestFinished(() => worker.close());
}

export function anIncidentWorker(
  test: TestRedis,
  handle: (work: FollowOn) => Promise<void>,
  log: Log = quietLog,
) {
  const worker = startIncidentWorker({
    redis: test.connect(),
    prefix: test.keys.prefix,
    log,
    handle,
  });
  onTestFinished(() => worker.close());
  return worker;
}
