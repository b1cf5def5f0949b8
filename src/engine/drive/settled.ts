import { setTimeout as sleep } from 'node:timers/promises';
import type { Run } from '../../domain/run/run.ts';
import { type Rechecked, recheckPlan } from '../plan/recheck-plan.ts';
import type { Driving } from './driving.ts';
import { onOneReading } from './move.ts';

/** A file that goes on changing counts as what it says by then. */
const LOOKS = 5;

/**
 * What a run's plan would be by one reading of the files, which is handed out for what follows. A file that is just
 * being saved may read as a whole one that lacks its end: what it says counts once it has said so twice.
 */
export async function recheckSettled(
  deps: Driving,
  run: Run,
): Promise<{ readonly now: Driving; readonly rechecked: Rechecked }> {
  let now = onOneReading(deps);
  let rechecked = await recheckPlan(now, run);
  for (let look = 1; look < LOOKS && isOfTheFiles(rechecked); look += 1) {
    await sleep(deps.settleMs);
    const before = digestOf(rechecked);
    now = onOneReading(deps);
    rechecked = await recheckPlan(now, run);
    if (digestOf(rechecked) === before) break;
  }
  return { now, rechecked };
}

const isOfTheFiles = (rechecked: Rechecked): boolean =>
  rechecked.kind === 'changed' && rechecked.because !== 'branch-moved';

const digestOf = (rechecked: Rechecked): string | undefined =>
  rechecked.kind === 'changed' ? rechecked.planned.digest : undefined;
