import type { Ask } from './definition.ts';
import { type PlanStep, type StepKind, stepKinds, type WorkerKind } from './kinds.ts';

/** Whether a worker does a step. The others end the drive, and a person or a timer goes on. */
export const isDoneByWorker = (step: PlanStep): step is PlanStep<WorkerKind> =>
  stepKinds[step.kind].done.by === 'worker';

/** What a step asks of a person, or undefined of one that no person does. */
export function askOf<Kind extends StepKind>(step: PlanStep<Kind>): Ask | undefined {
  const { done } = stepKinds[step.kind];
  return done.by === 'person' ? done.asks(step) : undefined;
}

/** How long a step waits, in milliseconds, or undefined of one that no timer ends. */
export function lastsMs<Kind extends StepKind>(step: PlanStep<Kind>): number | undefined {
  const { done } = stepKinds[step.kind];
  return done.by === 'timer' ? done.lastsMs(step) : undefined;
}
