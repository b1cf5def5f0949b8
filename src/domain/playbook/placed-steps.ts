import { VERIFY_PHASE } from '../plan/plan.ts';
import type { Path } from '../problem/problem.ts';
import type { PlaybookStep, StepKind } from './playbook.ts';
import { stepSchemas } from './playbook.ts';

export type PlacedStep<Step = PlaybookStep> = {
  readonly step: Step;
  readonly path: Path;
  readonly phase: string;
};

type Steps<Step> = readonly (Step | undefined)[] | undefined;
type Phases<Step> = readonly (
  | { readonly name?: string | undefined; readonly steps?: Steps<Step> }
  | undefined
)[];

export const STEP_KINDS: readonly StepKind[] = ['git', 'run', 'http', 'manual', 'wait'];

/** Every step that could be read, in the order in which it runs, verification last, with its place in the file. */
export function placedSteps<Step extends object>(playbook: {
  readonly phases?: Phases<Step> | undefined;
  readonly verify?: Steps<Step>;
}): readonly PlacedStep<Step>[] {
  const inPhases = (playbook.phases ?? []).flatMap((phase, index) =>
    place(phase?.steps, ['phases', index, 'steps'], phase?.name ?? ''),
  );
  return [...inPhases, ...place(playbook.verify, ['verify'], VERIFY_PHASE)];
}

const place = <Step>(steps: Steps<Step>, path: Path, phase: string): readonly PlacedStep<Step>[] =>
  (steps ?? []).flatMap((step, index) =>
    step === undefined ? [] : [{ step, path: [...path, index], phase }],
  );

/** Which kinds a step, as somebody wrote it, claims to be: exactly one where it is sound. */
export function kindsOf(value: unknown): readonly StepKind[] {
  return typeof value === 'object' && value !== null ? STEP_KINDS.filter((kind) => kind in value) : [];
}

/** The schema for the one kind a step claims to be, or undefined where it claims none or several. */
export function stepSchemaFor(value: unknown): (typeof stepSchemas)[StepKind] | undefined {
  const [kind, ...more] = kindsOf(value);
  return kind === undefined || more.length > 0 ? undefined : stepSchemas[kind];
}
