import { describe, expect, it } from 'vitest';
import { announceWorker, createRedisPresence } from '../../src/adapters/redis/presence.ts';
import { driverOf } from '../../src/engine/ports/presence.ts';
import { testRedis } from '../support/redis.ts';

describe('the presence of workers', () => {
  it('tells a session of a living worker from one of a worker that is gone', async () => {
    const place = testRedis();
    const presence = createRedisPresence({ ...place, graceMs: 0 });
    const driver = driverOf('worker-1', 'job-7-token');
    expect(await presence.isAlive(driver)).toBe(false);
    const announced = await announceWorker({ ...place, worker: 'worker-1' });
    expect(await presence.isAlive(driver)).toBe(true);
    await announced.stop();
    expect(await presence.isAlive(driver)).toBe(false);
  });
});
