import type { ProcessMark } from './command-runner.ts';

export type StepKey = { readonly run: string; readonly step: string; readonly attempt: number };

/** Output of steps while they run and for a while after: bounded, redacted before it gets here. */
export type StepOutput = {
  readonly append: (key: StepKey, text: string) => Promise<void>;
  /** Last lines, at most `lines`. */
  readonly tail: (key: StepKey, lines: number) => Promise<string>;
  readonly all: (key: StepKey) => Promise<string>;
  /** Remembers the process of a step, to be killed if its worker dies. */
  readonly markProcess: (key: StepKey, mark: ProcessMark) => Promise<void>;
  readonly processOf: (key: StepKey) => Promise<ProcessMark | undefined>;
};
