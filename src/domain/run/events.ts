import { z } from 'zod';
import type { Actor } from '../actor.ts';
import { createEnvelopeParser } from '../envelope.ts';
import { CommitHash } from '../git/git-facts.ts';
import { Plan } from '../plan/plan.ts';

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
export const ReplacedBecause = z.enum([
  'branch-moved',
  'playbook-changed',
  'configuration-changed',
  'severity-changed',
]);
export type ReplacedBecause = z.infer<typeof ReplacedBecause>;

export const StepDecision = z.enum(['retry', 'skip', 'abort', 'done', 'cannot']);
export type StepDecision = z.infer<typeof StepDecision>;

/** What is pressed on the card that asks for approval: the name of the button and of the record of a refused press. */
export const ApprovalPress = z.enum(['approve', 'deny', 'break-glass']);
export type ApprovalPress = z.infer<typeof ApprovalPress>;

/** Payload of every event of a run, by type. The truth that state, timeline and audit are read from. */
const runEventPayloads = {
  'rollback.requested': z.strictObject({
    /** The incident that it belongs to, such as INC-12. */
    incident: z.string().nullable().default(null),
    /** Somebody said that it belongs to none, though one hits its service. */
    ofNoIncident: z.literal(true).optional(),
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
  'approval.refused': z.strictObject({ press: ApprovalPress, refusal: z.string() }),
  /** Nobody approved in time: these roles may as well from now on, until then. Happens once a plan. */
  'approval.raised': z.strictObject({
    digest: Digest,
    roles: z.array(z.string()).min(1),
    expiresAt: Instant,
  }),
  'approval.expired': z.strictObject({ digest: Digest }),
  /**
   * The severity policy approved in place of a person: for which incident, by what rule of it; and whose press (a user's
   * id) had it do so before its time.
   */
  'approval.by-policy': z.strictObject({
    digest: Digest,
    incident: z.string(),
    rule: z.string(),
    pressedBy: z.string().optional(),
  }),
  /** One person started it without the approvals it needs. */
  'glass.broken': z.strictObject({ digest: Digest, reason: z.string() }),
  /** An incident was declared of what it rolls back, after it was asked for: it belongs to that from now on. */
  'run.joined': z.strictObject({ incident: z.string() }),
  /** Put on the list for the next deployment. */
  'run.deferred': z.strictObject({}),
  'run.queued': z.strictObject({ digest: Digest }),
  /**
   * Approved, but nobody could see whether the plan is still good, and why. It is tried again until then; null: no more,
   * a person has to say so.
   */
  'start.hindered': z.strictObject({ why: z.string(), until: Instant.nullable() }),
  /** A person has it tried again. */
  'start.retried': z.strictObject({}),
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
  /** Every step is done or skipped. Doubts: why its target isn't proven to run, in words; older records don't say. */
  'run.succeeded': z.strictObject({ doubts: z.array(z.string()).default([]) }),
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

const parseEnvelope = createEnvelopeParser<RunEventType>(runEventPayloads);

/** Parses what comes back from the event store; a broken event is a bug and throws. */
export const parseRunEvent = (raw: unknown): RunEvent => parseEnvelope(raw) as RunEvent;
