import { hostname } from 'node:os';
import type { ProcessMark } from '../../engine/ports/command-runner.ts';
import { endGroup } from './end-group.ts';
import { startTimeOf } from './process-mark.ts';

/** Ends the process group of a mark if it is of this host and its leader is still the very same process. */
export async function killLeftover(mark: ProcessMark, graceMs: number): Promise<boolean> {
  if (mark.host !== hostname()) return false;
  if ((await startTimeOf(mark.pid)) !== mark.startedAt) return false;
  await endGroup(mark.pid, graceMs);
  return true;
}
