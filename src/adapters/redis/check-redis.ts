import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import type { HealthCheck, HealthFinding } from '../../engine/ports/health.ts';
import { createRedactor } from '../../engine/redact.ts';
import { judgeRedis } from './judge-redis.ts';
import { createKeys, type Keys } from './keys.ts';

/**
 * Can Redis be reached, is it set so that no run is ever lost, and may we write to it? Leaves nothing behind.
 * `url` is asked for when looking, so that a private Redis which can't be started is this check's problem.
 */
export function createRedisCheck({
  url,
  namespace,
}: {
  readonly url: () => Promise<string>;
  readonly namespace: string;
}): HealthCheck {
  return {
    title: 'Redis',
    run: async (signal) => {
      const address = await url();
      const opened = await open(address, signal);
      if (!opened.ok) return [unreachable(address, opened.why)];
      const { redis } = opened;
      try {
        const info = parseInfo(await redis.info());
        const reached: HealthFinding = { level: 'ok', what: `${shown(address)} answers` };
        return [reached, ...judgeRedis(info), await writeAndRead(redis, createKeys(namespace))];
      } finally {
        redis.disconnect();
      }
    },
  };
}

type Opened = { readonly ok: true; readonly redis: Redis } | { readonly ok: false; readonly why: string };

/** A connection that tries once: doctor wants to know now, where the bot would wait. */
async function open(url: string, signal: AbortSignal): Promise<Opened> {
  const redis = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null });
  signal.addEventListener('abort', () => redis.disconnect(), { once: true });
  let why: string | undefined;
  redis.on('error', (error: Error) => {
    why ??= 'code' in error && error.message === '' ? String(error.code) : error.message;
  });
  try {
    await redis.connect();
    return { ok: true, redis };
  } catch (error) {
    redis.disconnect();
    return { ok: false, why: why ?? (error instanceof Error ? error.message : String(error)) };
  }
}

function unreachable(url: string, why: string): HealthFinding {
  const password = /NOAUTH|WRONGPASS|invalid password|without any password/i.test(why);
  return {
    level: 'problem',
    what: `${shown(url)} can't be used: ${why}`,
    todo: password
      ? 'put the right password into REDIS_URL: redis://:PASSWORD@HOST:PORT'
      : 'start Redis, or set REDIS_URL to where it is (rediss:// where it wants TLS)',
  };
}

const parseInfo = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text.split('\r\n').flatMap((line): [string, string][] => {
      const colon = line.indexOf(':');
      return line.startsWith('#') || colon < 0 ? [] : [[line.slice(0, colon), line.slice(colon + 1)]];
    }),
  );

/** As the event store appends: a script that adds to a stream and tells watchers, which nobody is of this one. */
const APPEND = `
redis.call('XADD', KEYS[1], '1-0', 'event', ARGV[1])
redis.call('EXPIRE', KEYS[1], 60)
redis.call('PUBLISH', ARGV[2], 'doctor')
return 'ok'
`;

async function writeAndRead(redis: Redis, keys: Keys): Promise<HealthFinding> {
  const text = randomUUID();
  const key = `${keys.prefix}:doctor:${text}`;
  try {
    await redis.eval(APPEND, 1, key, text, keys.changes);
    const entries = await redis.xrange(key, '-', '+');
    const deleted = await redis.del(key);
    if (entries[0]?.[1][1] === text && deleted === 1)
      return { level: 'ok', what: `an append, a read and a delete in ${keys.prefix} work` };
    return { level: 'problem', what: `what was appended to ${key} did not come back`, todo: WRITABLE };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { level: 'problem', what: `it can't be written to: ${why}`, todo: WRITABLE };
  }
}

const WRITABLE =
  'REDIS_URL must name a primary, with a user that may run scripts, write all keys of the namespace and publish';

const shown = createRedactor({ secrets: [] });
