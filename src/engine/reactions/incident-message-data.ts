import { z } from 'zod';

const text = z.string();
const milliseconds = z.number().int().nonnegative();
const count = z.number().int().nonnegative();

/** A run of an incident, with the steps that it took since people last heard of the incident. */
const RunOfIncident = z.strictObject({
  run: text,
  /** Title of the service. */
  service: text,
  /** As of a run; "unproven" where it came to its end with a step skipped, or nothing checked. */
  status: text,
  /** The last ten; stepsBefore says how many came before them. */
  steps: z.array(z.strictObject({ title: text, status: text })),
  stepsBefore: count,
});

/**
 * What every template of a notice about an incident may say: the incident as it was when that happened which the
 * notice tells of. Plain JSON: users and channels as ids, instants as ISO texts, durations in milliseconds, "" for
 * what there isn't.
 */
export const IncidentMessage = z.strictObject({
  /** Such as INC-12. */
  incident: text,
  title: text,
  severity: text,
  severityTitle: text,
  criteria: text,
  /** Such as "investigating". */
  status: text,
  /** Titles. */
  services: z.array(text),
  /** What users see. */
  impact: text,
  /** Percent, without the sign. */
  usersAffected: text,
  startedAt: text,
  declaredBy: text,
  declaredAt: text,
  acknowledgedBy: text,
  acknowledgedAt: text,
  respondBy: text,
  commander: text,
  communications: text,
  scribe: text,
  subjectExpert: text,
  /** User id of whoever did what the notice tells of; "" for Walkback itself. */
  by: text,
  /** Why they did: of another severity, a hold, a reopening. */
  reason: text,
  /** What a stakeholder update tells of. */
  happened: z.enum([
    'updated',
    'automatic',
    'rolled-back',
    'not-proven',
    'not-rolled-back',
    'eased',
    'worse',
    'reopened',
    'resolved',
    'merged',
    'unmerged',
    'other',
  ]),
  /** Whether anybody is known to work on it: acknowledged, or led. */
  workedOn: z.boolean(),
  /** Whether people are called in for it: else it is a quiet one. */
  alarm: z.boolean(),
  /** Whether stakeholders are told of it at its severity. */
  stakeholders: z.boolean(),
  /** Whether it is over, and since when; which incident it was merged into. */
  over: z.boolean(),
  resolvedAt: text,
  mergedInto: text,
  /** Whether stakeholders have a post of the one that it was merged into, to which `link` leads. */
  goesOn: z.boolean(),
  /** Of each service the newest rollback that began. Target: the release, "" where it is none. */
  rollbacks: z.array(
    z.strictObject({
      service: text,
      from: text,
      target: text,
      state: z.enum(['under-way', 'done', 'not-proven', 'failed']),
    }),
  ),
  /** The rollback that ended just now: its service and release. */
  settledService: text,
  settledFrom: text,
  settledTarget: text,
  /** Roles that somebody was given just now, such as "commander", and who has them; the one that changed hands. */
  rolesGiven: z.array(text),
  roleHolder: text,
  rolePassedOn: text,
  /** Whether Walkback tells what it knows itself, because nobody gave the update. */
  automatic: z.boolean(),
  /** The last update by a person: what was done, what comes next, until when it will take. */
  done: text,
  next: text,
  eta: text,
  lastUpdateBy: text,
  lastUpdateAt: text,
  updateDueAt: text,
  updateEveryMs: milliseconds,
  /** Who is asked for the update. */
  asked: text,
  /** Since it began. */
  elapsedMs: milliseconds,
  /** At most ten. */
  runs: z.array(RunOfIncident),
  /**
   * Services that are proven to be rolled back, while nobody has said yet what that means for the incident: on which
   * version each is ("" where older records don't say), and since when.
   */
  back: z.array(z.strictObject({ service: text, version: text, since: text })),
  /** The next rung of the ladder, and when its turn is. */
  nextRole: text,
  nextRoleAt: text,
  /** The role that is called in, why (time, not-acknowledged or rollback-blocked), and who is in it, at most six. */
  escalationRole: text,
  because: text,
  people: z.array(text),
  peopleMore: count,
  /** User groups among them whose members Slack doesn't tell, so that they weren't written to directly. */
  groupsUnsure: z.boolean(),
  /** Whether this is written to one person, and not into the thread. */
  direct: z.boolean(),
  heldUntil: text,
  /** How rollbacks of this severity are decided on: automatic, person, planned or next-deployment. */
  decision: text,
  /** When the automatic rollback starts, as long as it is planned and not held. */
  rollbackAt: text,
  rollbackInMs: milliseconds,
  /** What it is for: each service with from what to what it goes, such as "Web shop v1.4.0 → v1.3.0". */
  moves: z.array(text),
  /** Whether "not known" is among them: that is not rolled back without a person. */
  moveUnknown: z.boolean(),
  /** The run that the automatic rollback made way for, and whether that had begun. */
  run: text,
  runBegun: z.boolean(),
  /** Title of the service that no longer runs what it ran at the declaration; that, and what it runs now. */
  movedService: text,
  movedFrom: text,
  movedTo: text,
  /** Title of the service that could not be rolled back without a person, and why. */
  blockedService: text,
  blockedWhy: text,
  /** From what to what it would have gone, such as "v1.4.0 → v1.3.0"; "" where that isn't known. */
  blockedMove: text,
  /** Fix or roll back until then. */
  decideBy: text,
  /** The severity before. */
  previousSeverity: text,
  /** Roles that nobody has taken: commander, communications, scribe, subject-expert. */
  unclaimed: z.array(text),
  /** The other incident: merged into, absorbed, or perhaps the same. */
  other: text,
  /** The merge was taken back since the other was over by then. */
  mergeOver: z.boolean(),
  otherTitle: text,
  otherDeclaredBy: text,
  otherDeclaredAt: text,
  /** What somebody typed who reported it as well; the severity they chose, where that is more urgent; what it hits, too. */
  reportTitle: text,
  reportImpact: text,
  reportSeverity: text,
  servicesAdded: z.array(text),
  /** What Slack refused of an own channel. */
  incomplete: z.array(text),
  summary: text,
  closesAt: text,
  /** The channel of the card, and a link to the card itself. */
  channel: text,
  link: text,
});
export type IncidentMessage = z.infer<typeof IncidentMessage>;
