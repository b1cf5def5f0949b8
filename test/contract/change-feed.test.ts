import { expect, it } from 'vitest';
import { createRedisChangeFeed } from '../../src/adapters/redis/change-feed.ts';
import { later } from '../support/later.ts';
import { testRedis } from '../support/redis.ts';

async function aFeed() {
  const test = testRedis();
  const subscriber = test.connect();
  const connection = await subscriber.client('ID');
  const feed = await createRedisChangeFeed({ subscriber, keys: test.keys });
  const tell = (stream: string) => test.redis.publish(test.keys.changes, stream);
  return { test, connection, feed, tell };
}

it('tells every watcher of a stream that it has grown, and no other', async () => {
  const { feed, tell } = await aFeed();
  const heard: string[] = [];
  const last = later();
  feed.watch('RUN-1', () => heard.push('first of RUN-1'));
  feed.watch('RUN-1', () => heard.push('second of RUN-1'));
  feed.watch('RUN-2', () => last.resolve());
  await tell('RUN-1');
  await tell('RUN-2');
  await last.promise;
  expect(heard).toEqual(['first of RUN-1', 'second of RUN-1']);
});

it('is silent to whoever has stopped watching', async () => {
  const { feed, tell } = await aFeed();
  const heard: string[] = [];
  const last = later();
  const unwatch = feed.watch('RUN-1', () => heard.push('gone'));
  feed.watch('RUN-1', () => last.resolve());
  unwatch();
  await tell('RUN-1');
  await last.promise;
  expect(heard).toEqual([]);
});

it('calls everybody after an interruption, for what may have been missed, and then hears again', async () => {
  const { test, connection, feed, tell } = await aFeed();
  const calls = [later(), later()];
  let count = 0;
  feed.watch('RUN-1', () => calls[count++]?.resolve());
  await test.redis.call('CLIENT', 'KILL', 'ID', connection);
  await calls[0]?.promise;
  await tell('RUN-1');
  await calls[1]?.promise;
  expect(count).toBe(2);
});
