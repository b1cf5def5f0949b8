import { type PartlyStep, type PlaybookStep, STEP_KINDS, type StepKind, stepKinds } from './kinds.ts';

/** Whether a step, whole or in parts, is of a kind. The boundary where it gets the type of its kind. */
export function isOfKind<Kind extends StepKind>(kind: Kind, step: PlaybookStep): step is PlaybookStep<Kind>;
export function isOfKind<Kind extends StepKind>(kind: Kind, step: PartlyStep): step is PartlyStep<Kind>;
export function isOfKind(kind: StepKind, step: object): boolean {
  return kind in step;
}

/** Which kinds a step, as somebody wrote it, claims to be: exactly one where it is sound. */
export function kindsOf(value: unknown): readonly StepKind[] {
  return typeof value === 'object' && value !== null ? STEP_KINDS.filter((kind) => kind in value) : [];
}

/** The schema for the one kind a step claims to be, or undefined where it claims none or several. */
export function stepSchemaFor(value: unknown) {
  const [kind, ...more] = kindsOf(value);
  return kind === undefined || more.length > 0 ? undefined : stepKinds[kind].written;
}
