import { readdir } from 'node:fs/promises';
import { setImmediate as turn } from 'node:timers/promises';
import { readProcess } from './read-process.ts';

/**
 * Whether a process group that can still be signalled has a member that is more than a zombie. In a container whose
 * first process reaps nobody's children, zombies stay for ever.
 */
export async function hasLivingMember(group: number): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    const found = readProcess(Number(pid));
    if (found?.group === group && !found.zombie) return true;
    await turn();
  }
  return false;
}
