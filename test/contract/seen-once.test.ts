import { expect, it } from 'vitest';
import { createRedisSeenOnce } from '../../src/adapters/redis/seen-once.ts';
import { lossyRedis } from '../support/lossy-redis.ts';
import { testRedis } from '../support/redis.ts';

it('of all who ask for the same thing at once, one is the first', async () => {
  const { keys, connect } = testRedis();
  const asking = Array.from({ length: 20 }, () => createRedisSeenOnce({ redis: connect(), keys }));
  const answers = await Promise.all(asking.map((seen) => seen.isFirst('command:trigger-1')));
  expect(answers.filter((first) => first)).toHaveLength(1);
});

it('something else is something new', async () => {
  const seen = createRedisSeenOnce(testRedis());
  expect(await seen.isFirst('command:trigger-1')).toBe(true);
  expect(await seen.isFirst('command:trigger-2')).toBe(true);
  expect(await seen.isFirst('command:trigger-1')).toBe(false);
});

it('whose reply is lost with the connection is still the first', async () => {
  const { url, keys } = testRedis();
  const { redis, dropped } = await lossyRedis(url, 'trigger-1');
  const seen = createRedisSeenOnce({ redis, keys });
  expect(await seen.isFirst('command:trigger-1')).toBe(true);
  expect(dropped()).toBe(1);
  expect(await seen.isFirst('command:trigger-1')).toBe(false);
});

it('is forgotten some time, so that memory does not grow for ever', async () => {
  const { redis, keys } = testRedis();
  await createRedisSeenOnce({ redis, keys }).isFirst('command:trigger-1');
  expect(await redis.ttl(keys.seen('command:trigger-1'))).toBeGreaterThan(600);
});
