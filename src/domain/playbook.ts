import { z } from 'zod';
import { Duration } from './duration.ts';
import { GitMethod } from './git-facts.ts';

const Id = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, 'expected lower-case letters, digits and dashes, such as redeploy');

/** A value asked for when a rollback is requested; reaches steps as an environment variable, never as shell text. */
export const Parameter = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9_]*$/, 'expected lower-case letters, digits and underscores, such as region'),
  description: z.string().min(1),
  default: z.string().optional(),
  choices: z.array(z.string().min(1)).min(1).optional(),
  pattern: z.string().optional(),
});
export type Parameter = z.infer<typeof Parameter>;

const common = {
  id: Id,
  title: z.string().min(1).max(120),
  /** Safe to run again after a crash in the middle of it. */
  repeatable: z.boolean().default(false),
};

const timing = { timeout: Duration.optional(), retries: z.number().int().min(0).max(10).default(0) };

const GitStep = z.strictObject({
  ...common,
  git: z.strictObject({
    method: GitMethod.default('tree'),
    paths: z.array(z.string().min(1)).min(1).optional(),
  }),
});

const RunStep = z.strictObject({
  ...common,
  ...timing,
  run: z.string().min(1),
  /** Relative to the environment's directory; without either, a scratch directory of the run. */
  directory: z.string().min(1).optional(),
});

const HttpStep = z.strictObject({
  ...common,
  http: z.strictObject({
    url: z.string().min(1),
    status: z.number().int().min(100).max(599).default(200),
    body: z.string().min(1).optional(),
    within: Duration.prefault('5s'),
    attempts: z.number().int().min(1).max(1000).default(1),
    every: Duration.prefault('1s'),
    /** How many good answers in a row make a success. */
    consecutive: z.number().int().min(1).max(1000).default(1),
  }),
});

const ManualStep = z.strictObject({
  ...common,
  manual: z.strictObject({ instruction: z.string().min(1), role: z.string().min(1) }),
});

const WaitStep = z.strictObject({ ...common, wait: Duration });

/** One step: exactly one of git, run, http, manual or wait. */
export const PlaybookStep = z.union([GitStep, RunStep, HttpStep, ManualStep, WaitStep]);
export type PlaybookStep = z.infer<typeof PlaybookStep>;
export type StepKind = 'git' | 'run' | 'http' | 'manual' | 'wait';

/** The schema a step of each kind must meet, so that an error can speak of the kind that was meant. */
export const stepSchemas = {
  git: GitStep,
  run: RunStep,
  http: HttpStep,
  manual: ManualStep,
  wait: WaitStep,
} as const satisfies Record<StepKind, z.ZodType>;

export const Phase = z.strictObject({
  name: z.string().min(1).max(60),
  /** Planned time window in minutes from the start of the run, as [from, to]. */
  window: z.tuple([z.number().min(0), z.number().min(0)]).optional(),
  steps: z.array(PlaybookStep).min(1),
});
export type Phase = z.infer<typeof Phase>;

/** A procedure that can be run: a file in playbooks/. Unknown keys are errors. */
export const Playbook = z.strictObject({
  name: Id,
  title: z.string().min(1).max(75),
  description: z.string().min(1),
  estimate: Duration,
  parameters: z.array(Parameter).default([]),
  phases: z.array(Phase).min(1),
  verify: z.array(PlaybookStep).min(1),
});
export type Playbook = z.infer<typeof Playbook>;

/** A playbook as loaded: parsed, with the SHA-256 of the file's bytes (64 hex digits). */
export type LoadedPlaybook = {
  readonly playbook: Playbook;
  readonly file: string;
  readonly fileDigest: string;
};
