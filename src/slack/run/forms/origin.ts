import { z } from 'zod';

/** Where a form was opened from: answers go there. */
export const Origin = z.object({
  channel: z.string(),
  threadTs: z.string().optional(),
  /** The incident that a rollback belongs to. */
  incident: z.string().optional(),
});
export type Origin = z.infer<typeof Origin>;

export const originOf = (metadata: unknown): Origin => Origin.parse(metadata);
