import type { Run } from '../../domain/run/run.ts';
import type { PlanStep, WorkerKind } from '../../domain/steps/kinds.ts';
import type { ProcessMark } from '../ports/command-runner.ts';
import type { Log } from '../ports/log.ts';

/** What a step may use while it runs: where its output goes, and the signal that stops it. */
export type StepContext = {
  readonly run: Run;
  /** When this attempt's step was first started (ISO), for results that must be the same when repeated. */
  readonly at: string;
  readonly signal: AbortSignal;
  readonly log: Log;
  /** Takes text for people to follow; already redacted. */
  readonly say: (text: string) => void;
  readonly markProcess: (mark: ProcessMark) => Promise<void>;
};

export type StepOutcome =
  | { readonly kind: 'succeeded'; readonly summary: string; readonly commit?: string }
  | { readonly kind: 'failed'; readonly summary: string }
  /** What was approved can't be done any more because the branch moved: a new plan is needed. */
  | { readonly kind: 'branch-moved' };

/** Does one step. Stops soon when the signal fires; what it then returns is not used. */
export type StepHandler<Kind extends WorkerKind> = (
  step: PlanStep<Kind>,
  context: StepContext,
) => Promise<StepOutcome>;
