import type { Path } from '../problem/problem.ts';
import type { PartlyStep, PlaybookStep, StepKind } from '../steps/kinds.ts';
import { isOfKind } from '../steps/of-kind.ts';
import { VERIFY_PHASE } from '../steps/step.ts';

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
type Procedure<Step> = {
  readonly phases?: Phases<Step> | undefined;
  readonly verify?: Steps<Step>;
};

/** Every step that could be read, in the order in which it runs, verification last, with its place in the file. */
export function placedSteps<Step extends object>(playbook: Procedure<Step>): readonly PlacedStep<Step>[] {
  const inPhases = (playbook.phases ?? []).flatMap((phase, index) =>
    place(phase?.steps, ['phases', index, 'steps'], phase?.name ?? ''),
  );
  return [...inPhases, ...place(playbook.verify, ['verify'], VERIFY_PHASE)];
}

/** Those of one kind, as far as they could be read. */
export const placedStepsOf = <Kind extends StepKind>(
  kind: Kind,
  playbook: Procedure<PartlyStep>,
): readonly PlacedStep<PartlyStep<Kind>>[] =>
  placedSteps(playbook).flatMap(({ step, ...place }) => (isOfKind(kind, step) ? [{ step, ...place }] : []));

export const isInVerify = ({ path }: Pick<PlacedStep, 'path'>): boolean => path[0] === 'verify';

const place = <Step>(steps: Steps<Step>, path: Path, phase: string): readonly PlacedStep<Step>[] =>
  (steps ?? []).flatMap((step, index) =>
    step === undefined ? [] : [{ step, path: [...path, index], phase }],
  );
