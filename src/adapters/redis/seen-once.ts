import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { SeenOnce } from '../../engine/ports/seen-once.ts';
import type { Keys } from './keys.ts';

const REMEMBER_SECONDS = 3600;

/** Remembers keys for an hour with SET NX: of all processes that ask, one is told it is the first. */
export function createRedisSeenOnce({
  redis,
  keys,
}: {
  readonly redis: Redis;
  readonly keys: Keys;
}): SeenOnce {
  return {
    isFirst: async (key) => {
      const asking = randomUUID();
      const set = await redis.set(keys.seen(key), asking, 'EX', REMEMBER_SECONDS, 'NX');
      // Sent again after a lost reply, the command finds what it wrote itself.
      return set === 'OK' || (await redis.get(keys.seen(key))) === asking;
    },
  };
}
