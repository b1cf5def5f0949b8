import { systemActor } from '../../domain/actor.ts';
import type { Refused } from '../../domain/refusal.ts';
import { type Decision, MOVED_ON, type NotNow } from '../../domain/run/decide.ts';
import type { RunEventBody } from '../../domain/run/events.ts';
import type { Run } from '../../domain/run/run.ts';
import { snapshotCatalog } from '../snapshot-catalog.ts';
import { type Changed, changeRun } from '../streams/runs.ts';
import type { Drive, Driving } from './driving.ts';

/** One move: the state after it; `stop` when it is somebody else's turn; `look-again` when the journal moved on. */
export type Move = Run | 'stop' | 'look-again';

/** For one decision, by one reading of the files: not for what takes its time, such as a step. */
export const onOneReading = (deps: Driving): Driving => ({ ...deps, catalog: snapshotCatalog(deps.catalog) });

/** Appends only on the very state that was looked at; anything else is looked at again by the caller's next move. */
export function append(
  deps: Driving,
  drive: Drive,
  run: Run,
  events: readonly RunEventBody[],
): Promise<Changed | Refused | NotNow> {
  const decide = (state: Run): Decision | NotNow =>
    state.version === run.version ? { kind: 'accepted', events } : MOVED_ON;
  return changeRun(deps, { run: run.id, actor: systemActor(`worker ${drive.driver}`), decide }, run);
}

/** The state after a change; after a refusal, whatever the journal says now is looked at afresh. */
export const moved = (answer: Changed | Refused | NotNow): Move =>
  answer.kind === 'accepted' ? answer.run : 'look-again';
