import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { stopLeftRedis } from '../adapters/redis/private-redis.ts';
import { isStill } from '../adapters/shell/process-mark.ts';
import { readState } from './demo-state.ts';
import { stopShop } from './sample-service/sample-service.ts';

/** Whether a demo runs in this directory; if so, its process. */
export async function findRunningDemo(directory: string): Promise<number | undefined> {
  const state = await readState(directory);
  if (state?.startedAt === undefined || state.pid === process.pid) return undefined;
  return (await isStill(state)) ? state.pid : undefined;
}

/** Removes everything of the demo, after ending what still runs of it. */
export async function resetDemo(directory: string): Promise<void> {
  await stopShop(join(directory, 'shop'));
  await stopLeftRedis({ dataDir: join(directory, 'redis') });
  await rm(directory, { recursive: true, force: true });
}
