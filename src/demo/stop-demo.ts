import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { stopLeftRedis } from '../adapters/redis/private-redis.ts';
import { isStill } from '../adapters/shell/process-mark.ts';
import { readState } from './demo-state.ts';
import { findRunningDemo } from './reset-demo.ts';
import { stopShop } from './sample-service/sample-service.ts';

const POLL_MS = 100;
/** ms for a step in hand, then for it to be ended, before the demo is killed. */
const PATIENCE = { step: 10_000, hurried: 20_000 };

type Mark = { readonly pid: number; readonly startedAt?: string | undefined };

/**
 * Stops the demo of this directory, whoever started it, and whatever a killed one left: asks first, then has it end
 * the step in hand, then kills. Only what is the very process that was noted is touched. Whether anything ran.
 */
export async function stopDemo({
  directory,
  say,
  of,
  patience = PATIENCE,
}: {
  readonly directory: string;
  readonly say: (line: string) => void;
  /** Only that of this process, and not one that somebody started since. */
  readonly of?: number | undefined;
  readonly patience?: { readonly step: number; readonly hurried: number };
}): Promise<boolean> {
  const state = await readState(directory);
  if (of !== undefined && state?.pid !== of) return false;
  const running = await findRunningDemo(directory);
  if (state !== undefined && running !== undefined) await endDemo(state, { say, patience });
  const left: Mark[] = [];
  for (const part of state?.parts ?? []) if (await isStill(part)) left.push(part);
  for (const part of left) {
    // Its guard has seen that nobody holds it any longer, and ends it in good order.
    if (!(await isGone(part, patience.hurried))) signal(-part.pid, 'SIGKILL');
  }
  if ((await readState(directory))?.pid !== state?.pid) return true;
  await stopShop(join(directory, 'shop'));
  const redis = await stopLeftRedis({ dataDir: join(directory, 'redis') });
  return running !== undefined || left.length > 0 || redis;
}

async function endDemo(
  demo: Mark,
  { say, patience }: Required<Pick<Parameters<typeof stopDemo>[0], 'say' | 'patience'>>,
): Promise<void> {
  say(`Asking the demo, process ${demo.pid}, to stop`);
  signal(demo.pid, 'SIGTERM');
  if (await isGone(demo, patience.step)) return;
  say('It waits for a step to end: ending that now');
  signal(demo.pid, 'SIGTERM');
  if (await isGone(demo, patience.hurried)) return;
  say('It does not end: killing it');
  signal(demo.pid, 'SIGKILL');
  await isGone(demo, patience.hurried);
}

async function isGone(mark: Mark, withinMs: number): Promise<boolean> {
  const until = performance.now() + withinMs;
  while (await isStill(mark)) {
    if (performance.now() > until) return false;
    await pause(POLL_MS);
  }
  return true;
}

/** A process, or with a minus a whole group. It may have ended a moment ago. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
