import type { PlanStep } from '../../domain/plan/plan.ts';
import type { StepContext, StepHandler, StepOutcome } from './handler.ts';

/** Steps that a worker executes. The others (manual, wait) end the drive and are answered by a person or a timer. */
export type StepHandlers = { readonly [Kind in 'git' | 'run' | 'http']: StepHandler<Kind> };

export type ExecutableStep = Extract<PlanStep, { kind: keyof StepHandlers }>;
export const isExecutable = (step: PlanStep): step is ExecutableStep =>
  step.kind !== 'manual' && step.kind !== 'wait';

/** Executes a step by its kind. Something unforeseen in a handler fails the step, with the log holding the cause. */
export async function executeStep(
  handlers: StepHandlers,
  step: ExecutableStep,
  context: StepContext,
): Promise<StepOutcome> {
  try {
    switch (step.kind) {
      case 'git':
        return await handlers.git(step, context);
      case 'run':
        return await handlers.run(step, context);
      case 'http':
        return await handlers.http(step, context);
    }
  } catch (error) {
    if (!context.signal.aborted) context.log.error({ error, step: step.id }, 'step handler broke');
    return {
      kind: 'failed',
      summary: `unexpected: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}
