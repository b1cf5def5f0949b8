import { z } from 'zod';

/** A message that is posted exactly once. Each has a template of the same name. */
export const NoticeName = z.enum([
  'approval-needed-again',
  'rollback-started',
  'rollback-notification',
  'rollback-completed',
  'rollback-outcome',
  'rollback-ended',
  'step-needs-person',
]);
export type NoticeName = z.infer<typeof NoticeName>;

/** Work that follows from an event, as data: what engine/reactions.ts says and the queues carry. */
export const FollowOn = z.discriminatedUnion('kind', [
  /** Drive a run on: execute its next steps. */
  z.strictObject({ kind: z.literal('drive'), run: z.string() }),
  /** Drive a run on at a time (ISO): a waiting step is over. */
  z.strictObject({ kind: z.literal('wake'), run: z.string(), at: z.iso.datetime() }),
  /** Expire the approval of a plan at a time (ISO). */
  z.strictObject({ kind: z.literal('expire'), run: z.string(), digest: z.string(), at: z.iso.datetime() }),
  /** Bring a card up to the present state: posted once, then edited. */
  z.strictObject({ kind: z.literal('card'), card: z.enum(['approval', 'run']), run: z.string() }),
  /** Post a message exactly once; `event` is the id of the event that it tells of. */
  z.strictObject({ kind: z.literal('notice'), notice: NoticeName, run: z.string(), event: z.string() }),
  /** Put a failed step's whole output into the thread as a file. */
  z.strictObject({
    kind: z.literal('output-file'),
    run: z.string(),
    event: z.string(),
    step: z.string(),
    attempt: z.number().int(),
  }),
]);
export type FollowOn = z.infer<typeof FollowOn>;
