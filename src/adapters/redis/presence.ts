import { setTimeout as pause } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { Presence } from '../../engine/ports/presence.ts';
import type { Keys } from './keys.ts';

const BEAT_MS = 1_000;
/** How long a session counts as alive after its last sign; less than the time after which its job is given out again. */
const ALIVE_MS = 4_000;

/** Signs of life every second. After an outage all need a moment to give one, so whoever asks looks twice. */
export function createRedisPresence({
  redis,
  keys,
  graceMs = 2 * BEAT_MS,
}: {
  readonly redis: Redis;
  readonly keys: Keys;
  readonly graceMs?: number;
}): Presence {
  const beat = (session: string) => redis.set(keys.session(session), '1', 'PX', ALIVE_MS);
  const hasSign = async (session: string) => (await redis.exists(keys.session(session))) === 1;

  return {
    during: async (session, work) => {
      await beat(session);
      let last: Promise<unknown> = Promise.resolve();
      const timer = setInterval(() => {
        last = beat(session).catch(() => undefined);
      }, BEAT_MS);
      try {
        return await work();
      } finally {
        clearInterval(timer);
        await last;
        // Where this fails, the sign goes by itself.
        await redis.del(keys.session(session)).catch(() => undefined);
      }
    },
    isAlive: async (session) => {
      if (await hasSign(session)) return true;
      await pause(graceMs);
      return hasSign(session);
    },
  };
}
