import { z } from 'zod';
import { Actor } from './actor.ts';
import { CommitHash } from './git-facts.ts';
import { Plan } from './plan.ts';

const Instant = z.iso.datetime();
const Digest = z.string().regex(/^[0-9a-f]{64}$/);
const Attempt = z.number().int().positive();

/** Ticked on request: what the pre-rollback checklist asks for. */
export const ChecklistItem = z.enum([
  'issue-documented',
  'stakeholders-told',
  'target-verified',
  'state-backed-up',
]);
export type ChecklistItem = z.infer<typeof ChecklistItem>;

/** Why a plan was made anew, which voids the approvals of the one before. */
export const ReplacedBecause = z.enum(['branch-moved', 'playbook-changed', 'configuration-changed']);
export type ReplacedBecause = z.infer<typeof ReplacedBecause>;

export const StepDecision = z.enum(['retry', 'skip', 'abort', 'done', 'cannot']);
export type StepDecision = z.infer<typeof StepDecision>;

/** Payload of every event of a run, by type. The truth that state, timeline and audit are read from. */
const runEventPayloads = {
  'rollback.requested': z.strictObject({
    reason: z.string(),
    checklist: z.array(ChecklistItem),
    /** The Slack thread that it was asked in, where it was: everything about the run goes there. */
    thread: z.strictObject({ channel: z.string(), ts: z.string() }).nullable(),
    plan: Plan,
    digest: Digest,
    expiresAt: Instant,
  }),
  'plan.replaced': z.strictObject({
    because: ReplacedBecause,
    plan: Plan,
    digest: Digest,
    expiresAt: Instant,
  }),
  'approval.granted': z.strictObject({ digest: Digest, role: z.string() }),
  'approval.denied': z.strictObject({ digest: Digest, reason: z.string() }),
  /** A press that did not count, kept for the record. */
  'approval.refused': z.strictObject({ press: z.enum(['approve', 'deny']), refusal: z.string() }),
  'approval.expired': z.strictObject({ digest: Digest }),
  'run.queued': z.strictObject({ digest: Digest }),
  'run.started': z.strictObject({ driver: z.string() }),
  'step.started': z.strictObject({ step: z.string(), attempt: Attempt, driver: z.string() }),
  'step.finished': z.strictObject({
    step: z.string(),
    attempt: Attempt,
    outcome: z.enum(['succeeded', 'failed', 'cancelled']),
    summary: z.string(),
    /** Last lines of the output, redacted and bounded. */
    tail: z.string(),
    /** The commit that a git step pushed. */
    commit: CommitHash.nullable(),
  }),
  /** The worker died in the middle of a step that is not safe to repeat: a person decides. */
  'step.interrupted': z.strictObject({ step: z.string(), attempt: Attempt }),
  'step.waiting': z.strictObject({ step: z.string(), attempt: Attempt, until: Instant.nullable() }),
  'step.decided': z.strictObject({ step: z.string(), decision: StepDecision, reason: z.string().nullable() }),
  'cancel.requested': z.strictObject({ reason: z.string().nullable() }),
  'run.succeeded': z.strictObject({}),
  'run.failed': z.strictObject({ step: z.string(), why: z.string() }),
  'run.cancelled': z.strictObject({ why: z.string() }),
} as const;

export type RunEventType = keyof typeof runEventPayloads;
export type RunEventPayload<Type extends RunEventType> = z.infer<(typeof runEventPayloads)[Type]>;

/** What a decision says happened; the shell adds who and when. */
export type RunEventBody = {
  [Type in RunEventType]: { readonly type: Type; readonly payload: RunEventPayload<Type> };
}[RunEventType];

/** A stored event: `id` is stream and version ("RUN-31-7"), `at` an ISO time in UTC. */
export type RunEvent = RunEventBody & {
  readonly id: string;
  readonly stream: string;
  readonly version: number;
  readonly at: string;
  readonly actor: Actor;
};

const Envelope = z.object({
  id: z.string(),
  stream: z.string(),
  version: z.number().int().positive(),
  at: Instant,
  actor: Actor,
  type: z.enum(Object.keys(runEventPayloads) as [RunEventType, ...RunEventType[]]),
  payload: z.unknown(),
});

/** Parses what comes back from the event store; a broken event is a bug and throws. */
export function parseRunEvent(raw: unknown): RunEvent {
  const envelope = Envelope.parse(raw);
  const payload = runEventPayloads[envelope.type].parse(envelope.payload);
  return { ...envelope, payload } as RunEvent;
}
