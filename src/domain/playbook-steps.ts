import { VERIFY_PHASE } from './plan.ts';
import type { Playbook, PlaybookStep, StepKind } from './playbook.ts';
import { stepSchemas } from './playbook.ts';
import type { Path } from './problem.ts';

export type PlacedStep = { readonly step: PlaybookStep; readonly path: Path; readonly phase: string };

export const STEP_KINDS: readonly StepKind[] = ['git', 'run', 'http', 'manual', 'wait'];

/** Every step in the order in which it runs, verification last, with its place in the file. */
export function placedSteps(playbook: Playbook): readonly PlacedStep[] {
  const inPhases = playbook.phases.flatMap((phase, phaseIndex) =>
    phase.steps.map((step, index) => ({
      step,
      path: ['phases', phaseIndex, 'steps', index],
      phase: phase.name,
    })),
  );
  const toVerify = playbook.verify.map((step, index) => ({
    step,
    path: ['verify', index],
    phase: VERIFY_PHASE,
  }));
  return [...inPhases, ...toVerify];
}

/** Which kinds a step, as somebody wrote it, claims to be: exactly one where it is sound. */
export function kindsOf(value: unknown): readonly StepKind[] {
  return typeof value === 'object' && value !== null ? STEP_KINDS.filter((kind) => kind in value) : [];
}

/** The schema for the one kind a step claims to be, or undefined where it claims none or several. */
export function stepSchemaFor(value: unknown): (typeof stepSchemas)[StepKind] | undefined {
  const [kind, ...more] = kindsOf(value);
  return kind === undefined || more.length > 0 ? undefined : stepSchemas[kind];
}
