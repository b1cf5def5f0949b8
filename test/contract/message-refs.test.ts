import { expect, it } from 'vitest';
import { createRedisMessageRefs } from '../../src/adapters/redis/message-refs.ts';
import { testRedis } from '../support/redis.ts';

const KEY = 'RUN-31:card:run';
const ref = { channel: 'C1', ts: '1760000000.000100', contentDigest: 'abc' };

it('a message is unknown until it is set, and then known as it was set last', async () => {
  const messages = createRedisMessageRefs(testRedis());
  expect(await messages.get(KEY)).toBeUndefined();
  await messages.set(KEY, ref);
  await messages.set(KEY, { ...ref, contentDigest: 'def' });
  expect(await messages.get(KEY)).toEqual({ ...ref, contentDigest: 'def' });
  expect(await messages.get('RUN-32:card:run')).toBeUndefined();
});

it('that is about to be posted is not yet known, and since when stays what it was first', async () => {
  const messages = createRedisMessageRefs(testRedis());
  expect(await messages.postingSince(KEY)).toBeUndefined();
  await messages.markPosting(KEY, 1_000);
  await messages.markPosting(KEY, 2_000);
  expect(await messages.postingSince(KEY)).toBe(1_000);
  expect(await messages.get(KEY)).toBeUndefined();
  await messages.set(KEY, ref);
  expect(await messages.get(KEY)).toEqual(ref);
});

it('that is forgotten leaves nothing behind', async () => {
  const { redis, keys } = testRedis();
  const messages = createRedisMessageRefs({ redis, keys });
  await messages.markPosting(KEY, 1_000);
  await messages.set(KEY, ref);
  await messages.forget(KEY);
  expect(await messages.get(KEY)).toBeUndefined();
  expect(await messages.postingSince(KEY)).toBeUndefined();
  expect(await redis.exists(keys.message(KEY))).toBe(0);
});

it('is kept for weeks, from the first mark on', async () => {
  const { redis, keys } = testRedis();
  await createRedisMessageRefs({ redis, keys }).markPosting(KEY, 1_000);
  expect(await redis.ttl(keys.message(KEY))).toBeGreaterThan(30 * 24 * 3600);
});
