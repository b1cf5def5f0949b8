import { z } from 'zod';

/** A message that is posted exactly once. Each has a template of the same name. */
export const NoticeName = z.enum([
  'approval-needed-again',
  'approval-raised',
  'glass-broken',
  'rollback-started',
  'rollback-notification',
  'rollback-completed',
  'rollback-outcome',
  'rollback-ended',
  'step-needs-person',
]);
export type NoticeName = z.infer<typeof NoticeName>;

/** A message about an incident that is posted exactly once. Each has a template of the same name. */
export const IncidentNoticeName = z.enum([
  'incident-declared',
  'possible-duplicate',
  'incident-update',
  'stakeholder-update',
  'update-asked',
  'escalation',
  'escalation-held',
  'response-overdue',
  'roles-asked-again',
  'severity-changed',
  'rollback-warning',
  'rollback-held',
  'rollback-triggered',
  'rollback-stood-down',
  'rollback-blocked',
  'decision-due',
  'incident-merged',
  'incident-absorbed',
  'incident-reopened',
  'channel-incomplete',
  'all-clear',
]);
export type IncidentNoticeName = z.infer<typeof IncidentNoticeName>;

const Incident = z.string();

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
  /** Do what time has brought about for an incident, at a time (ISO) or, without one, now. */
  z.strictObject({ kind: z.literal('incident-due'), incident: Incident, at: z.iso.datetime().nullable() }),
  /** Start the rollbacks that an incident's policy or a person triggered. */
  z.strictObject({ kind: z.literal('trigger-rollback'), incident: Incident, event: z.string() }),
  /** Have a run's incident know how the run stands. */
  z.strictObject({ kind: z.literal('tell-incident'), run: z.string() }),
  /** Have an incident's runs that have not begun follow its severity, or its end. */
  z.strictObject({ kind: z.literal('restate-runs'), incident: Incident }),
  /** Have the incident that another was merged into know of it. */
  z.strictObject({ kind: z.literal('absorb-incident'), incident: Incident, into: Incident }),
  /** Give an incident a channel of its own. */
  z.strictObject({ kind: z.literal('open-channel'), incident: Incident }),
  z.strictObject({ kind: z.literal('incident-card'), incident: Incident }),
  z.strictObject({
    kind: z.literal('incident-notice'),
    notice: IncidentNoticeName,
    incident: Incident,
    event: z.string(),
  }),
]);
export type FollowOn = z.infer<typeof FollowOn>;
