import type { Run, RunStep } from '../../domain/run/run.ts';
import type { Driving } from './driving.ts';

/** Kills whatever dead workers left of a step, of this attempt or an earlier one. */
export async function killLeftovers(deps: Driving, run: Run, step: RunStep): Promise<void> {
  for (let attempt = 1; attempt <= step.attempt; attempt++) {
    const key = { run: run.id, step: step.plan.id, attempt };
    const mark = await deps.output.processOf(key);
    if (mark !== undefined && (await deps.commands.killLeftover(mark)))
      deps.log.warn(key, 'killed what a dead worker left running');
  }
}
