import { z } from 'zod';
import type { Actor } from '../actor.ts';
import { createEnvelopeParser } from '../envelope.ts';
import { Severity } from '../severity.ts';
import { NamedCommit } from './named-commit.ts';
import { Schedule } from './schedule.ts';

const Instant = z.iso.datetime();
const Text = z.string();
const User = z.string().min(1);
const Thread = z.strictObject({ channel: z.string(), ts: z.string() });

/** What people may say of an incident that goes on; resolved and closed come by their own events. */
export const WorkingStatus = z.enum(['investigating', 'identified', 'mitigating', 'monitoring']);
export type WorkingStatus = z.infer<typeof WorkingStatus>;

export const IncidentRole = z.enum(['commander', 'communications', 'scribe', 'subject-expert']);
export type IncidentRole = z.infer<typeof IncidentRole>;

/** Payload of every event of an incident, by type. */
const incidentEventPayloads = {
  'incident.declared': z.strictObject({
    title: z.string().min(1),
    severity: Severity,
    services: z.array(z.string()),
    /** What users see. */
    impact: Text,
    /** Share of users affected, in percent, where anybody knows. */
    usersAffected: z.number().min(0).max(100).nullable(),
    startedAt: Instant,
    commander: User.nullable(),
    /** The message that it was declared from. */
    source: Thread.extend({ permalink: Text }).nullable(),
    schedule: Schedule,
    /** Open incidents that it was said to be another than. */
    distinctFrom: z.array(z.string()).default([]),
  }),
  /** Somebody was about to declare it again, and joined it. `services`: those that it didn't have. */
  'incident.reported-again': z.strictObject({
    title: z.string().min(1),
    severity: Severity,
    services: z.array(z.string()),
    impact: Text,
    source: Thread.extend({ permalink: Text }).nullable(),
  }),
  'incident.acknowledged': z.strictObject({}),
  'incident.updated': z.strictObject({
    status: WorkingStatus,
    done: Text,
    next: Text,
    eta: Text,
    updateDueAt: Instant.nullable(),
  }),
  /** An update is due soon: somebody was asked for it. */
  'update.asked': z.strictObject({ dueAt: Instant }),
  /** Nobody gave the update that was due: Walkback told what it knows. */
  'update.missed': z.strictObject({ dueAt: Instant, updateDueAt: Instant }),
  'severity.changed': z.strictObject({ from: Severity, to: Severity, reason: Text, schedule: Schedule }),
  'role.taken': z.strictObject({ role: IncidentRole, user: User }),
  'roles.asked-again': z.strictObject({ roles: z.array(IncidentRole) }),
  'response.overdue': z.strictObject({ respondBy: Instant }),
  'escalation.reached': z.strictObject({
    role: Text,
    because: z.enum(['time', 'not-acknowledged', 'rollback-blocked']),
  }),
  'escalation.held': z.strictObject({ until: Instant, reason: Text }),
  /** A hold was taken back before its time. */
  'escalation.released': z.strictObject({}),
  /** An automatic rollback is coming. */
  'rollback.warned': z.strictObject({ startsAt: Instant, warnAt: Instant }),
  'rollback.held': z.strictObject({ reason: Text }),
  'rollback.released': z.strictObject({ startsAt: Instant }),
  'rollback.triggered': z.strictObject({ rule: z.enum(['automatic', 'go-now']) }),
  /** The automatic rollback found that a rollback had been started already: `run`. */
  'rollback.stood-down': z.strictObject({ run: z.string() }),
  /** The triggered rollback of a service could not be started without a person. */
  'rollback.blocked': z.strictObject({ service: Text, why: Text }),
  /** A service's version as the incident began, and where a rollback goes from there. `late`: it may have been another. */
  'deployed.noted': z.strictObject({
    service: Text,
    environment: Text,
    version: NamedCommit,
    target: NamedCommit.nullable(),
    late: z.boolean(),
  }),
  /** That version is deployed no more, without a rollback of this incident; what is there now, and where one would go. */
  'deployed.moved': z.strictObject({ service: Text, version: NamedCommit, target: NamedCommit.nullable() }),
  /** Fix or roll back: it is time to decide. */
  'decision.due': z.strictObject({}),
  /** `environment`: null in older records. */
  'run.linked': z.strictObject({
    run: z.string(),
    service: Text,
    environment: z.string().nullable().default(null),
    /** Since when, where it was taken over with another incident after that. */
    at: Instant.optional(),
  }),
  /**
   * `proven`: nothing of the run was skipped, so that its target is known to run. `target`: its name. Older records
   * don't say.
   */
  'run.settled': z.strictObject({
    run: z.string(),
    status: Text,
    proven: z.boolean().default(true),
    target: Text.default(''),
    /** The paths that it took back, where it took back only some. */
    paths: z.array(z.string()).optional(),
    /** When it ended, where it was taken over with another incident after that. */
    at: Instant.optional(),
  }),
  /** A run that belongs to it begins to work; until then it only waits. */
  'run.began': z.strictObject({ run: z.string() }),
  /** Everything that is hit is back, which is proven; nobody has drawn the conclusion yet. */
  'rollback.verified': z.strictObject({}),
  /** That holds no more: another run of the service has begun. */
  'rollback.unverified': z.strictObject({ service: Text, run: z.string() }),
  /** Somebody put a message on the timeline. */
  'timeline.noted': z.strictObject({ text: Text, by: Text, permalink: Text, message: Thread }),
  'incident.merged': z.strictObject({ into: z.string() }),
  /** Another was merged into it. `services`: those that it didn't have; `startedAt`: when the other began, where that was earlier. */
  'incident.absorbed': z.strictObject({
    from: z.string(),
    title: Text,
    services: z.array(z.string()).optional(),
    startedAt: Instant.optional(),
    /** It stood as if the harm had stopped, which that of the other has not. */
    status: z.literal('investigating').optional(),
    /** What the other was to roll back by itself, where this one has nothing more to. */
    automaticRollback: z.strictObject({ at: Instant, warnAt: z.array(Instant) }).optional(),
  }),
  /** The merge didn't hold: both were merged into each other at once, or `from` was over by then. It goes on by itself. */
  'incident.unmerged': z.strictObject({ from: z.string(), because: z.enum(['mutual', 'over']) }),
  'channel.opened': z.strictObject({ channel: z.string() }),
  /** Slack refused some of what belongs to an own channel; the incident goes on without. */
  'channel.incomplete': z.strictObject({ what: z.array(Text) }),
  'incident.resolved': z.strictObject({ summary: Text, closesAt: Instant }),
  'incident.reopened': z.strictObject({ reason: Text, schedule: Schedule }),
  'incident.closed': z.strictObject({}),
  /** A press or command that did not count, kept for the record. */
  'press.refused': z.strictObject({ press: Text, refusal: Text }),
} as const;

export type IncidentEventType = keyof typeof incidentEventPayloads;
export type IncidentEventPayload<Type extends IncidentEventType> = z.infer<
  (typeof incidentEventPayloads)[Type]
>;

/** What a decision says happened; the shell adds who and when. */
export type IncidentEventBody = {
  [Type in IncidentEventType]: { readonly type: Type; readonly payload: IncidentEventPayload<Type> };
}[IncidentEventType];

/** A stored event: `id` is stream and version ("INC-12-7"), `at` an ISO time in UTC. */
export type IncidentEvent = IncidentEventBody & {
  readonly id: string;
  readonly stream: string;
  readonly version: number;
  readonly at: string;
  readonly actor: Actor;
};

const parseEnvelope = createEnvelopeParser<IncidentEventType>(incidentEventPayloads);

/** Parses what comes back from the event store; a broken event is a bug and throws. */
export const parseIncidentEvent = (raw: unknown): IncidentEvent => parseEnvelope(raw) as IncidentEvent;
