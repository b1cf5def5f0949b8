import type { z } from 'zod';
import type { Commit } from '../git/git-facts.ts';
import type { Partly } from '../problem/partly.ts';
import type { Finding, Path } from '../problem/problem.ts';
import type { ExactStep, WrittenStep } from './step.ts';

/**
 * A kind of step, whole: all that Walkback knows of it, but for the handler where a worker does it. `Written` is a
 * step as the playbook has it, with a key that names the kind; `Exact` is the step of a plan.
 */
export type StepKindDefinition<Kind extends string, Written extends WrittenStep, Exact extends ExactStep> = {
  readonly kind: Kind & keyof Written & Exact['kind'];
  readonly done: Done<Written, Exact>;
  /** Whether it does no harm when it runs twice; else a step has to say so of itself. */
  readonly repeatable: 'by-nature' | 'if-it-says-so';
  /** A playbook may have one such step at most: an example of what to write instead of another one. */
  readonly once?: string;
  /** It must not stand in verify: an example of what to write there instead. */
  readonly notInVerify?: string;
  readonly written: z.ZodType<Written>;
  /** Nothing is left to look up in it, and durations are in milliseconds. Events are stored with it for good. */
  readonly exact: z.ZodType<Exact>;
  readonly render: (rendering: Rendering<Kind, Written>) => Exact;
  readonly rules: readonly StepRule<Written>[];
  readonly usageRules: readonly StepUsageRule<Written>[];
  /** How it reads in View plan. Text goes through `hide` that may hold a password. */
  readonly words: (step: Exact, hide: (text: string) => string) => StepWords;
};

/** Who does a step of this kind. A worker's kind has a handler in engine/steps. */
type Done<Written, Exact> =
  | { readonly by: 'worker' }
  | {
      readonly by: 'person';
      readonly asks: (step: Exact) => Ask;
      /** The role that is asked as it is written, and its path below the step. */
      readonly writtenRole: (step: Partly<Written>) => {
        readonly path: Path;
        readonly role: string | undefined;
      };
    }
  | { readonly by: 'timer'; readonly lastsMs: (step: Exact) => number };

/** What somebody is asked to do and to confirm, and who may. */
export type Ask = { readonly role: string; readonly instruction: string };

/** What a plan is made for. */
export type RenderContext = {
  readonly service: { readonly name: string; readonly repository: string; readonly branch: string };
  readonly environment: { readonly name: string } & EnvironmentOfSteps;
  readonly parameters: Readonly<Record<string, string>>;
  readonly target: Commit;
  readonly deployed: Commit;
};

/** A step as written, where it is rendered, and what the exact one has in common with those of other kinds. */
type Rendering<Kind extends string, Written> = RenderContext & {
  readonly step: Written;
  readonly common: ExactStep<Kind>;
};

/** A rule about what one step means; it is not asked about steps of other kinds. */
type StepRule<Written> = {
  readonly name: string;
  readonly check: (placed: {
    readonly step: Partly<Written>;
    readonly path: Path;
    readonly phase: string;
    /** Names of the playbook's parameters, or undefined where not all of them could be read. */
    readonly parameters: readonly string[] | undefined;
  }) => readonly Finding[];
};

/** A rule about a playbook's steps of one kind and the environments that they run in, together. */
type StepUsageRule<Written> = {
  readonly name: string;
  readonly check: (use: StepUse<Written>) => readonly UsageFinding[];
};

export type StepUse<Written> = {
  /** Name of the playbook, and of its parameters as above. */
  readonly playbook: string;
  readonly parameters: readonly string[] | undefined;
  readonly steps: readonly { readonly step: Partly<Written>; readonly path: Path }[];
  readonly environments: readonly UsedEnvironment[];
};

export type UsedEnvironment = {
  /** "shop, production" */
  readonly name: string;
  /** Where it stands in walkback.yml. */
  readonly path: Path;
  readonly environment: Partly<EnvironmentOfSteps>;
};

/** What walkback.yml says of an environment for its steps. */
type EnvironmentOfSteps = {
  /** Absolute. */
  readonly directory?: string | undefined;
  readonly variables: Readonly<Record<string, string>>;
};

/** A finding, and in which of the two files its path leads. */
export type UsageFinding = Finding & { readonly in: 'team' | 'playbook' };

/** How a step reads, as plain text without anybody's markup. */
export type StepWords = {
  /** In a line, or '' where the exact text says it all. */
  readonly facts: string;
  /** Shown whole, as it is. */
  readonly exact: string;
  /** What surrounds it, a line each; whole as well. */
  readonly around?: readonly string[];
};
