import { setTimeout as sleep } from 'node:timers/promises';
import { hasLivingMember } from './living-member.ts';

const POLL_MS = 20;
const AFTER_KILL_MS = 1_000;

/** Asks a process group to end, kills what is left of it after `graceMs`, and returns when it is gone. */
export async function endGroup(pid: number, graceMs: number): Promise<void> {
  signalGroup(pid, 'SIGTERM');
  if (await isGoneWithin(pid, graceMs)) return;
  signalGroup(pid, 'SIGKILL');
  await isGoneWithin(pid, AFTER_KILL_MS);
}

async function isGoneWithin(pid: number, milliseconds: number): Promise<boolean> {
  const until = performance.now() + milliseconds;
  while (signalGroup(pid, 0) && (await hasLivingMember(pid))) {
    if (performance.now() > until) return false;
    await sleep(POLL_MS);
  }
  return true;
}

/** Signals every member; false when the group has none. */
function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
}
