import { z } from 'zod';

/** That somebody went away from a release: when (ISO), by which run, for which incident. */
export const RolledBack = z.strictObject({
  run: z.string(),
  at: z.iso.datetime({ offset: true }),
  incident: z.string().nullable(),
});
export type RolledBack = z.infer<typeof RolledBack>;
