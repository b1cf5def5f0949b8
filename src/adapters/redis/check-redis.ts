import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import type { HealthCheck, HealthFinding } from '../../engine/ports/health.ts';
import { createRedactor } from '../../engine/redact.ts';
import { explainDenial } from './explain-denial.ts';
import { judgeRedis } from './judge-redis.ts';
import { createKeys } from './keys.ts';
import { leftByTrials, type Trial } from './trials.ts';

type Setting = { readonly namespace: string; readonly trials: readonly Trial[] };

/**
 * Can Redis be reached, is it set so that no run is ever lost, and may we write to it? Leaves nothing behind.
 * `url` is asked for when looking, so that a private Redis which can't be started is this check's problem.
 */
export function createRedisCheck({
  url,
  ...setting
}: Setting & { readonly url: () => Promise<string> }): HealthCheck {
  return {
    title: 'Redis',
    run: async (signal) => {
      const address = await url();
      const opened = await open(address, signal);
      if (!opened.ok) return [unreachable(address, opened.why)];
      const { redis } = opened;
      try {
        const reached: HealthFinding = { level: 'ok', what: `${shown(address)} answers` };
        const judged = await judge(redis, createKeys(setting.namespace).prefix);
        return [reached, ...judged, ...(await tryAll(redis, { ...setting, signal }))];
      } finally {
        redis.disconnect();
      }
    },
  };
}

type Opened = { readonly ok: true; readonly redis: Redis } | { readonly ok: false; readonly why: string };

/** A connection that tries once: doctor wants to know now, where the bot would wait. */
async function open(url: string, signal: AbortSignal): Promise<Opened> {
  const redis = new Redis(url, {
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
    enableReadyCheck: false,
  });
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
  if (/^-?DENIED|protected mode/i.test(why)) {
    return {
      level: 'problem',
      what: `${shown(url)} refuses other machines: it is in protected mode`,
      todo: 'give it a password (requirepass, or a user by ACL) and put it into REDIS_URL: redis://:PASSWORD@HOST:PORT',
    };
  }
  const password = /NOAUTH|WRONGPASS|invalid password|without any password/i.test(why);
  return {
    level: 'problem',
    what: `${shown(url)} can't be used: ${why}`,
    todo: password
      ? 'put the right password into REDIS_URL: redis://:PASSWORD@HOST:PORT'
      : 'start Redis, or set REDIS_URL to where it is (rediss:// where it wants TLS)',
  };
}

async function judge(redis: Redis, prefix: string): Promise<readonly HealthFinding[]> {
  try {
    return judgeRedis(parseInfo(await redis.info()));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const denial = explainDenial(message, prefix);
    return [
      {
        level: 'problem',
        what: `${denial.what}: to ask how it is set, with INFO (${message})`,
        todo: denial.todo,
      },
    ];
  }
}

const parseInfo = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text.split('\r\n').flatMap((line): [string, string][] => {
      const colon = line.indexOf(':');
      return line.startsWith('#') || colon < 0 ? [] : [[line.slice(0, colon), line.slice(colon + 1)]];
    }),
  );

/** All that Walkback does there, tried among keys of its own, which are gone afterwards. */
async function tryAll(
  redis: Redis,
  { namespace, trials, signal }: Setting & { readonly signal: AbortSignal },
): Promise<readonly HealthFinding[]> {
  const { changes, prefix } = createKeys(namespace);
  // The channel is the real one: a user may be held to its very name.
  const keys = { ...createKeys(namespace, { below: `:doctor:${randomUUID()}` }), changes };
  const connect = (): Redis => quiet(redis.duplicate({ maxRetriesPerRequest: null }));
  const findings: HealthFinding[] = [];
  for (const { what, run } of trials) {
    try {
      await run({ redis, connect, keys, signal });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const denial = explainDenial(message, prefix);
      findings.push({ level: 'problem', what: `${denial.what}: to ${what} (${message})`, todo: denial.todo });
    }
  }
  await redis.del(...leftByTrials(keys)).catch(() => undefined);
  if (findings.length > 0) return findings;
  return [{ level: 'ok', what: `scripts, streams, queues and messages to those who wait work in ${prefix}` }];
}

/** Whoever uses it hears of its errors by what it asks for. */
function quiet(redis: Redis): Redis {
  redis.on('error', () => undefined);
  return redis;
}

const shown = createRedactor({ secrets: [] });
