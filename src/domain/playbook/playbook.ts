import { z } from 'zod';
import { Duration } from '../duration.ts';
import { GitMethod } from '../git/git-facts.ts';

const ID_EXPECTED = 'lower-case letters, digits and dashes, such as redeploy';
const Id = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, `expected ${ID_EXPECTED}`)
  .meta({ expected: ID_EXPECTED });

const NAME_EXPECTED = 'lower-case letters, digits and underscores, such as region';

/** A value asked for when a rollback is requested; reaches steps as an environment variable, never as shell text. */
export const Parameter = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z][a-z0-9_]*$/, `expected ${NAME_EXPECTED}`)
      .meta({ expected: NAME_EXPECTED, example: 'name: region' }),
    description: z.string().min(1).meta({ example: 'description: Region to roll back' }),
    default: z.string().optional().meta({ example: 'default: "eu"' }),
    choices: z.array(z.string().min(1)).min(1).optional().meta({ example: 'choices: [eu, us]' }),
    pattern: z.string().optional().meta({ example: 'pattern: "[a-z]{2}-[0-9]"' }),
  })
  .meta({ example: '- { name: region, description: Region to roll back, default: eu }' });
export type Parameter = z.infer<typeof Parameter>;

const common = {
  id: Id.meta({ example: 'id: redeploy' }),
  title: z.string().min(1).max(120).meta({ example: 'title: Redeploy the target' }),
  /** Safe to run again after a crash in the middle of it. */
  repeatable: z.boolean().default(false).meta({ example: 'repeatable: true' }),
};

const timing = {
  timeout: Duration.optional().meta({ example: 'timeout: 5m' }),
  retries: z.number().int().min(0).max(10).default(0).meta({ example: 'retries: 2' }),
};

const GitStep = z.strictObject({
  ...common,
  git: z
    .strictObject({
      method: GitMethod.default('tree').meta({ example: 'method: tree' }),
      paths: z.array(z.string().min(1)).min(1).optional().meta({ example: 'paths: [src/checkout]' }),
    })
    .meta({ example: 'git: { method: tree }' }),
});

const RunStep = z.strictObject({
  ...common,
  ...timing,
  run: z.string().min(1).meta({ example: 'run: ./deploy.sh "$WALKBACK_TARGET"' }),
  /** Relative to the environment's directory; without either, a scratch directory of the run. */
  directory: z.string().min(1).optional().meta({ example: 'directory: services/web' }),
});

const HttpStep = z.strictObject({
  ...common,
  http: z
    .strictObject({
      url: z.string().min(1).meta({ example: 'url: ${HEALTH_URL}' }),
      status: z.number().int().min(100).max(599).default(200).meta({ example: 'status: 200' }),
      body: z.string().min(1).optional().meta({ example: 'body: \'"status":"ok"\'' }),
      within: Duration.prefault('5s').meta({ example: 'within: 5s' }),
      attempts: z.number().int().min(1).max(1000).default(1).meta({ example: 'attempts: 30' }),
      every: Duration.prefault('1s').meta({ example: 'every: 2s' }),
      /** How many good answers in a row make a success. */
      consecutive: z.number().int().min(1).max(1000).default(1).meta({ example: 'consecutive: 5' }),
    })
    .meta({ example: 'http: { url: "${HEALTH_URL}", status: 200 }' }),
});

const ManualStep = z.strictObject({
  ...common,
  manual: z
    .strictObject({
      instruction: z.string().min(1).meta({ example: 'instruction: Place a test order and see it paid' }),
      role: z.string().min(1).meta({ example: 'role: responder' }),
    })
    .meta({ example: 'manual: { instruction: Place a test order, role: responder }' }),
});

const WaitStep = z.strictObject({ ...common, wait: Duration.meta({ example: 'wait: 2m' }) });

/** One step: exactly one of git, run, http, manual or wait. */
export const PlaybookStep = z
  .union([GitStep, RunStep, HttpStep, ManualStep, WaitStep])
  .meta({ example: '- { id: redeploy, title: Redeploy, run: ./deploy.sh }' });
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

const Phase = z
  .strictObject({
    name: z.string().min(1).max(60).meta({ example: 'name: Roll back' }),
    /** Planned time window in minutes from the start of the run, as [from, to]. */
    window: z
      .tuple([z.number().min(0), z.number().min(0)])
      .optional()
      .meta({
        expected: 'two numbers, from and to, in minutes from the start of the run',
        example: 'window: [0, 5]',
      }),
    steps: z
      .array(PlaybookStep)
      .min(1)
      .meta({ example: 'steps: [{ id: redeploy, title: Redeploy, run: ./deploy.sh }]' }),
  })
  .meta({ example: '- { name: Roll back, steps: [{ id: undo, title: Undo the release, git: {} }] }' });

/** A procedure that can be run: a file in playbooks/. Unknown keys are errors. */
export const Playbook = z
  .strictObject({
    name: Id.meta({ example: 'name: release-rollback' }),
    title: z.string().min(1).max(75).meta({ example: 'title: Roll back a release' }),
    description: z.string().min(1).meta({ example: 'description: Takes the branch back and redeploys' }),
    estimate: Duration.meta({ example: 'estimate: 10m' }),
    parameters: z
      .array(Parameter)
      .default([])
      .meta({ example: 'parameters: [{ name: region, description: Region to roll back }]' }),
    phases: z
      .array(Phase)
      .min(1)
      .meta({ example: 'phases: [{ name: Roll back, steps: [{ id: undo, title: Undo, git: {} }] }]' }),
    verify: z
      .array(PlaybookStep)
      .min(1)
      .meta({ example: 'verify: [{ id: healthy, title: Healthy again, http: { url: "${HEALTH_URL}" } }]' }),
  })
  .meta({ example: 'a whole playbook is in docs/writing-a-playbook.md' });
export type Playbook = z.infer<typeof Playbook>;

/** A playbook as loaded: parsed, with the SHA-256 of the file's bytes (64 hex digits). */
export type LoadedPlaybook = {
  readonly playbook: Playbook;
  readonly file: string;
  readonly fileDigest: string;
};
