import type { RunEventBody } from '../../domain/run/events.ts';
import type { Run, RunStep } from '../../domain/run/run.ts';
import type { Drive, Driving } from './driving.ts';
import { startStep } from './execute-steps.ts';
import { killLeftovers } from './leftovers.ts';
import { append, type Move, moved } from './move.ts';
import { cancelEvents } from './step-events.ts';

/**
 * A step in flight whose worker is gone. It is journaled first and killed then: a worker that lives after all finds
 * itself superseded, rather than its command killed.
 */
export async function resumeStep(deps: Driving, drive: Drive, run: Run, step: RunStep): Promise<Move> {
  if (step.plan.repeatable) return startStep(deps, drive, run, step, []);
  const { attempt, plan } = step;
  const interrupted: RunEventBody = { type: 'step.interrupted', payload: { step: plan.id, attempt } };
  const appended = await append(deps, drive, run, [interrupted]);
  if (appended.kind !== 'accepted') return 'look-again';
  await killLeftovers(deps, run, step);
  return appended.run;
}

/** Ends the run as somebody asked, after what a dead worker left of the step in flight. */
export async function cancelNow(
  deps: Driving,
  drive: Drive,
  run: Run,
  step: RunStep | undefined,
): Promise<Move> {
  if (step?.status === 'running') await killLeftovers(deps, run, step);
  return moved(await append(deps, drive, run, cancelEvents(run, 'its worker died')));
}
