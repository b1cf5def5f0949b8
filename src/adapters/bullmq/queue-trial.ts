import { Queue, Worker } from 'bullmq';
import type { Trial } from '../redis/trials.ts';

/** What BullMQ prints about eviction by itself the doctor tells, too. */
const QUIET = { skipVersionCheck: true } as const;

/** Carries a job of now and one of later through a queue, as all work is carried, and leaves nothing of it. */
export const queueTrial: Trial = {
  what: 'carry work by queues',
  run: async ({ redis, connect, keys, signal }) => {
    const queue = new Queue('doctor', { connection: redis, prefix: keys.prefix, ...QUIET });
    const troubles: unknown[] = [];
    queue.on('error', (error) => troubles.push(error));
    try {
      await queue.setGlobalConcurrency(1);
      await queue.add(
        'later',
        {},
        { delay: 60_000, deduplication: { id: 'doctor', keepLastIfActive: true } },
      );
      await queue.add('now', {});
      await carried({ connect, prefix: keys.prefix, signal });
    } finally {
      await queue.obliterate({ force: true }).catch((error: unknown) => troubles.push(error));
      await queue.close();
    }
    if (troubles.length > 0) throw troubles[0];
  },
};

async function carried({
  connect,
  prefix,
  signal,
}: Pick<Parameters<Trial['run']>[0], 'connect' | 'signal'> & { readonly prefix: string }): Promise<void> {
  const connection = connect();
  const worker = new Worker('doctor', async () => undefined, { connection, prefix, ...QUIET });
  try {
    await new Promise<void>((resolve, reject) => {
      worker.once('completed', () => resolve());
      worker.on('error', reject);
      signal.addEventListener('abort', () => reject(new Error('a job was not carried out in time')));
    });
  } finally {
    await worker.close(true);
    connection.disconnect();
  }
}
