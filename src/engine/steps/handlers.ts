import type { WorkerKind } from '../../domain/steps/kinds.ts';
import type { CommandRunner } from '../ports/command-runner.ts';
import type { Git } from '../ports/git.ts';
import type { HttpProbe } from '../ports/http-probe.ts';
import { createGitStep } from './git.ts';
import type { StepHandler } from './handler.ts';
import { createHttpStep } from './http.ts';
import { createRunStep } from './run.ts';

/** Whatever handlers need of the world; each takes its part. */
export type StepPorts = {
  readonly git: Git;
  readonly commands: CommandRunner;
  readonly http: HttpProbe;
  /** Absolute folder for commands that name none, made for the run. */
  readonly scratchDirectory: (run: string) => string;
};

export type StepHandlers = { readonly [Kind in WorkerKind]: StepHandler<Kind> };

/** The handler of each kind of step that a worker does. */
export const createStepHandlers = (ports: StepPorts): StepHandlers => ({
  git: createGitStep(ports),
  run: createRunStep(ports),
  http: createHttpStep(ports),
});
