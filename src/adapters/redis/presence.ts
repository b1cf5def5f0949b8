import { setTimeout as pause } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { type Presence, workerOf } from '../../engine/ports/presence.ts';
import type { Keys } from './keys.ts';

const BEAT_MS = 1_000;
/** How long a worker counts as alive after its last sign; less than the time after which its jobs are given out again. */
const ALIVE_MS = 4_000;

/** Looks for a worker's sign of life. After an outage all of them need a moment to give one, so it looks twice. */
export function createRedisPresence({
  redis,
  keys,
  graceMs = 2 * BEAT_MS,
}: {
  readonly redis: Redis;
  readonly keys: Keys;
  readonly graceMs?: number;
}): Presence {
  const hasSign = async (driver: string) => (await redis.exists(keys.worker(workerOf(driver)))) === 1;
  return {
    isAlive: async (driver) => {
      if (await hasSign(driver)) return true;
      await pause(graceMs);
      return hasSign(driver);
    },
  };
}

/** Gives a worker's sign of life every second, until stopped. */
export async function announceWorker({
  redis,
  keys,
  worker,
}: {
  readonly redis: Redis;
  readonly keys: Keys;
  readonly worker: string;
}): Promise<{ readonly stop: () => Promise<void> }> {
  const beat = () => redis.set(keys.worker(worker), '1', 'PX', ALIVE_MS);
  await beat();
  let last: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    last = beat().catch(() => undefined);
  }, BEAT_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      await last;
      await redis.del(keys.worker(worker));
    },
  };
}
