import type { PlanStep, WorkerKind } from '../../domain/steps/kinds.ts';
import type { StepContext, StepOutcome } from './handler.ts';
import type { StepHandlers } from './handlers.ts';

/** Executes a step by its kind. Something unforeseen in a handler fails the step, with the log holding the cause. */
export async function executeStep<Kind extends WorkerKind>(
  handlers: StepHandlers,
  step: PlanStep<Kind>,
  context: StepContext,
): Promise<StepOutcome> {
  try {
    return await handlers[step.kind](step, context);
  } catch (error) {
    if (!context.signal.aborted) context.log.error({ error, step: step.id }, 'step handler broke');
    return {
      kind: 'failed',
      summary: `unexpected: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}
