import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { inject, onTestFinished } from 'vitest';
import { connectRedis } from '../../src/adapters/redis/connect.ts';
import { createKeys, type Keys } from '../../src/adapters/redis/keys.ts';
import { quietLog } from './quiet-log.ts';

export type TestRedis = {
  readonly url: string;
  readonly redis: Redis;
  /** In a namespace that no other test has. */
  readonly keys: Keys;
  readonly namespace: string;
  /** One more connection, closed with the test. */
  readonly connect: () => Redis;
};

/** The real Redis of this test run. Connections are closed when the test is over. */
export function testRedis(): TestRedis {
  const url = inject('redisUrl');
  const namespace = `test-${randomUUID()}`;
  const connect = (): Redis => {
    const redis = connectRedis({ url, log: quietLog });
    onTestFinished(() => redis.disconnect());
    return redis;
  };
  return { url, redis: connect(), keys: createKeys(namespace), namespace, connect };
}
