import { z } from 'zod';
import { Duration } from '../duration.ts';

/** Name of the phase that verification steps belong to. */
export const VERIFY_PHASE = 'Verify';

const ID_EXPECTED = 'lower-case letters, digits and dashes, such as redeploy';
export const Id = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, `expected ${ID_EXPECTED}`)
  .meta({ expected: ID_EXPECTED });

/** What a step of any kind is written with. */
export const writtenStep = {
  id: Id.meta({ example: 'id: redeploy' }),
  title: z.string().min(1).max(120).meta({ example: 'title: Redeploy the target' }),
  /** Safe to run again after a crash in the middle of it. */
  repeatable: z.boolean().default(false).meta({ example: 'repeatable: true' }),
};
export type WrittenStep = z.infer<z.ZodObject<typeof writtenStep>>;

/** What a step is written with as well that may take long, and may be tried again. */
export const timing = {
  timeout: Duration.optional().meta({ example: 'timeout: 5m' }),
  retries: z.number().int().min(0).max(10).default(0).meta({ example: 'retries: 2' }),
};

/** What an exact step of any kind holds. */
export const exactStep = {
  id: z.string(),
  title: z.string(),
  phase: z.string(),
  repeatable: z.boolean(),
};
export type ExactStep<Kind extends string = string> = z.infer<z.ZodObject<typeof exactStep>> & {
  readonly kind: Kind;
};
