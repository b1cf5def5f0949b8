import { z } from 'zod';
import { Duration } from '../duration.ts';
import { PlaybookStep } from '../steps/kinds.ts';
import { Id } from '../steps/step.ts';

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
