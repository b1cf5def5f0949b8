import { Redis } from 'ioredis';
import type { Log } from '../../engine/ports/log.ts';

const LONGEST_PAUSE_MS = 1_000;

/**
 * A connection that waits through an outage: commands queue until Redis is back, and the log says so once.
 * `url` is redis://, rediss:// or the path of a unix socket.
 */
export function connectRedis({ url, log }: { readonly url: string; readonly log: Log }): Redis {
  const redis = new Redis(url, {
    maxRetriesPerRequest: null,
    retryStrategy: (attempt: number) => Math.min(50 * attempt, LONGEST_PAUSE_MS),
  });
  let away = false;
  redis.on('error', (error: Error) => {
    if (!away) log.warn({ error: error.message }, 'redis is away; waiting for it');
    away = true;
  });
  redis.on('ready', () => {
    if (away) log.info({}, 'redis is back; going on');
    away = false;
  });
  return redis;
}
