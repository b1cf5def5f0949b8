import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startPrivateRedis } from '../adapters/redis/private-redis.ts';
import { readState } from './demo-state.ts';
import { stopShop } from './sample-service/sample-service.ts';

/** A part of the command line of every demo. */
const DEMO = 'demo/main';

/** Whether a demo runs in this directory; if so, its process. */
export async function findRunningDemo(directory: string): Promise<number | undefined> {
  const state = await readState(directory);
  if (state === undefined || state.pid === process.pid) return undefined;
  return (await isProcess(state.pid, DEMO)) ? state.pid : undefined;
}

/** Removes everything of the demo, after ending what still runs of it. */
export async function resetDemo(directory: string): Promise<void> {
  await stopShop(join(directory, 'shop'));
  const redis = await startPrivateRedis({ dataDir: join(directory, 'redis') });
  await redis.stop();
  await rm(directory, { recursive: true, force: true });
}

/** Whether that process is what it was: its number may be somebody else's by now. Only Linux tells. */
async function isProcess(pid: number, mark: string): Promise<boolean> {
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return commandLine.replaceAll('\0', ' ').includes(mark);
}
