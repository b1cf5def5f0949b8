import { z } from 'zod';
import type { Partly } from '../problem/partly.ts';
import type { StepKindDefinition } from './definition.ts';
import { git } from './git.ts';
import { http } from './http.ts';
import { manual } from './manual.ts';
import { run } from './run.ts';
import { wait } from './wait.ts';

/** Every kind of step there is, in the order in which messages name them. All below follows from it. */
const kinds = {
  git,
  run,
  http,
  manual,
  wait,
};

type Kinds = typeof kinds;
export type StepKind = keyof Kinds;

/** The definition of each kind. */
export const stepKinds: {
  readonly [Kind in StepKind]: StepKindDefinition<Kind, WrittenSteps[Kind], ExactSteps[Kind]>;
} = kinds;

export const STEP_KINDS: readonly StepKind[] = Object.values(kinds).map(({ kind }) => kind);

/** One step as it is written: exactly one of the kinds. */
export const PlaybookStep = z
  .union(Object.values(kinds).map(({ written }) => written))
  .meta({ example: '- { id: redeploy, title: Redeploy, run: ./deploy.sh }' });
export type PlaybookStep<Kind extends StepKind = StepKind> = WrittenSteps[Kind];

/** The same of which parts could not be read. */
export type PartlyStep<Kind extends StepKind = StepKind> = PartlySteps[Kind];

/** One exact step, rendered: durations in milliseconds, nothing left to look up. */
export const PlanStep = z.discriminatedUnion('kind', exactSchemas());
export type PlanStep<Kind extends StepKind = StepKind> = {
  [K in Kind]: ExactSteps[K] & { readonly kind: K };
}[Kind];

/** Kinds of steps that a worker does, each by its handler. */
export type WorkerKind = {
  [Kind in StepKind]: Kinds[Kind]['done']['by'] extends 'worker' ? Kind : never;
}[StepKind];

type WrittenSteps = { readonly [Kind in StepKind]: z.infer<Kinds[Kind]['written']> };
type PartlySteps = { readonly [Kind in StepKind]: Partly<WrittenSteps[Kind]> };
type ExactSteps = { readonly [Kind in StepKind]: z.infer<Kinds[Kind]['exact']> };

function exactSchemas() {
  const [first, ...others] = Object.values(kinds).map(({ exact }) => exact);
  if (first === undefined) throw new Error('there is no kind of step');
  return [first, ...others] as const;
}
