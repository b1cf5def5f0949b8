import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { MessageRefs } from '../../engine/ports/message-refs.ts';
import type { Keys } from './keys.ts';

const KEEP_SECONDS = 90 * 24 * 3600;
const Ref = z.object({ channel: z.string(), ts: z.string(), contentDigest: z.string() });

/** One hash a message: `posting` since when it was tried, then where it stands. Kept for 90 days. */
export function createRedisMessageRefs({
  redis,
  keys,
}: {
  readonly redis: Redis;
  readonly keys: Keys;
}): MessageRefs {
  const keep = (key: string) => redis.expire(keys.message(key), KEEP_SECONDS);
  return {
    get: async (key) => Ref.safeParse(await redis.hgetall(keys.message(key))).data,
    set: async (key, ref) => {
      await redis.hset(keys.message(key), { ...ref });
      await keep(key);
    },
    markPosting: async (key, at) => {
      await redis.hsetnx(keys.message(key), 'posting', String(at));
      await keep(key);
    },
    postingSince: async (key) => {
      const at = await redis.hget(keys.message(key), 'posting');
      return at === null ? undefined : Number(at);
    },
    forget: async (key) => {
      await redis.del(keys.message(key));
    },
  };
}

/** Forgets where every message stands, for a Slack that starts empty. Returns how many there were. */
export async function forgetMessages({
  redis,
  keys,
}: {
  readonly redis: Redis;
  readonly keys: Keys;
}): Promise<number> {
  let forgotten = 0;
  for await (const found of redis.scanStream({ match: keys.message('*'), count: 500 })) {
    const names = z.array(z.string()).parse(found);
    if (names.length > 0) forgotten += await redis.del(...names);
  }
  return forgotten;
}
