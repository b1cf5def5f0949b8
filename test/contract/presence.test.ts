import { expect, it } from 'vitest';
import { createRedisPresence } from '../../src/adapters/redis/presence.ts';
import { testRedis } from '../support/redis.ts';

const aPresence = () => createRedisPresence({ ...testRedis(), graceMs: 0 });

it('a session is alive while its work lasts, and no other is', async () => {
  const presence = aPresence();
  const seen = await presence.during('job-7', async () => [
    await presence.isAlive('job-7'),
    await presence.isAlive('job-8'),
  ]);
  expect(seen).toEqual([true, false]);
  expect(await presence.isAlive('job-7')).toBe(false);
});

it('a session that breaks off with an error is not alive, though its process is', async () => {
  const presence = aPresence();
  const broken = presence.during('job-7', () => Promise.reject(new Error('disk full')));
  await expect(broken).rejects.toThrow('disk full');
  expect(await presence.isAlive('job-7')).toBe(false);
});

it('the sign of a session whose process died goes by itself', async () => {
  const test = testRedis();
  const presence = createRedisPresence({ ...test, graceMs: 0 });
  await presence.during('job-7', async () => {
    const left = await test.redis.pttl(test.keys.session('job-7'));
    expect(left).toBeGreaterThan(1_000);
    expect(left).toBeLessThanOrEqual(4_000);
  });
});

it('whoever asks looks twice, for after an outage all need a moment to give a sign', async () => {
  const test = testRedis();
  const presence = createRedisPresence({ ...test, graceMs: 200 });
  const asked = presence.isAlive('job-7');
  await presence.during('job-7', async () => expect(await asked).toBe(true));
});
