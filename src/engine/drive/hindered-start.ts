import type { RunEventPayload } from '../../domain/run/events.ts';
import type { Hindrance } from '../../domain/run/hindrance.ts';
import type { Run } from '../../domain/run/run.ts';
import { toIso } from '../ports/clock.ts';
import type { Drive, Driving } from './driving.ts';
import { append, type Move } from './move.ts';

const LOOK_AGAIN_MS = 5_000;
/** For so long a start is tried by itself before a person is asked. */
const TRIED_FOR_MS = 5 * 60_000;

/**
 * An approved run whose plan can't be looked at just now. It keeps its approvals and is tried again for a while, if that
 * may help; then a person is asked. What is said changes only where there is something new to say.
 */
export async function waitToStart(
  deps: Driving,
  drive: Drive,
  run: Run,
  hindrance: Hindrance,
): Promise<Move> {
  const now = deps.clock.now();
  const standing = standingAt(run, hindrance, now);
  const known = run.hindrance;
  if (known === null || known.why !== standing.why || known.until !== standing.until) {
    const appended = await append(deps, drive, run, [{ type: 'start.hindered', payload: standing }]);
    if (appended.kind !== 'accepted') return 'look-again';
  }
  if (standing.until !== null) {
    const at = toIso(now + LOOK_AGAIN_MS);
    await deps.queue.add({ kind: 'wake', run: run.id, at }, `${run.id}-hindered-${now}`);
  }
  return 'stop';
}

function standingAt(run: Run, { why, passes }: Hindrance, now: number): RunEventPayload<'start.hindered'> {
  const until = run.hindrance?.until ?? toIso(now + TRIED_FOR_MS);
  return { why, until: passes && toIso(now) < until ? until : null };
}
