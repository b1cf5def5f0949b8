import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startPrivateRedis } from '../../src/adapters/redis/private-redis.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Path of the socket of the one Redis of this test run; every test keeps to its own namespace. */
    redisUrl: string;
  }
}

/** One private Redis for a whole test run; none when only unit tests run. */
export default async function setup({
  vitest,
  provide,
}: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (vitest.projects.every(({ name }) => name === 'unit')) return undefined;
  const dataDir = await mkdtemp(join(tmpdir(), 'walkback-test-redis-'));
  const redis = await startPrivateRedis({ dataDir });
  provide('redisUrl', redis.url);
  return async () => {
    await redis.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
