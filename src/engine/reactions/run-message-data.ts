import { z } from 'zod';

const text = z.string();
const milliseconds = z.number().int().nonnegative();
const count = z.number().int().nonnegative();

/**
 * What every template may say about a run. Plain JSON: users and channels as ids, instants as ISO texts,
 * durations in milliseconds, "" for what there isn't.
 */
export const RunMessage = z.strictObject({
  run: text,
  /** Title of the service. */
  service: text,
  environment: text,
  severity: text,
  /** The incident that it belongs to, such as INC-12. */
  incident: text,
  /** User ids; "" where Walkback itself asked or ended it. */
  requestedBy: text,
  endedBy: text,
  reason: text,
  /** As people name commits: "v1.3.0 (3fa8c21)". */
  target: text,
  targetRelease: text,
  /** What is taken back; '' where no release names it. */
  deployedRelease: text,
  deployed: text,
  /** Title of the playbook. */
  playbook: text,
  verdict: z.enum(['green', 'amber', 'red']),
  verdictReasons: z.array(text),
  commitCount: count,
  authors: z.array(text),
  fileCount: count,
  /** Paths, at most ten; migrationCount says how many in all. */
  migrations: z.array(text),
  migrationCount: count,
  /** Subjects of commits, at most ten; lostFixCount says how many in all. */
  lostFixes: z.array(text),
  lostFixCount: count,
  checklist: z.array(z.strictObject({ title: text, done: z.boolean() })),
  approvers: z.array(z.strictObject({ user: text, role: text })),
  approverRoles: z.array(text),
  approverCount: count,
  /** User ids of those who may still approve, at most six; mayApproveMore says how many are not named. */
  mayApprove: z.array(text),
  mayApproveMore: count,
  /** Ids of those who may answer the step that the run is at; at most six, as above. */
  needed: z.array(text),
  neededMore: count,
  /** Roles asked once nobody had approved in time, and their people; at most six, as above. */
  raisedRoles: z.array(text),
  raisedPeople: z.array(text),
  raisedPeopleMore: count,
  /** Who broke the glass, and why. */
  glassBrokenBy: text,
  glassReason: text,
  /** Who may break it, at most six, as above. */
  seniors: z.array(text),
  seniorsMore: count,
  /** The rule of the severity policy that approved the plan in place of people, and for which incident. */
  policyRule: text,
  /** Whose press had the policy do so before its time. */
  policyPressedBy: text,
  policyIncident: text,
  expiresAt: text,
  startedAt: text,
  endedAt: text,
  /** From the start to the end, or to now. */
  durationMs: milliseconds,
  estimateMs: milliseconds,
  /** A run's status, such as "succeeded". */
  status: text,
  /** Why it failed, was cancelled or denied. */
  ending: text,
  /** Why its target isn't proven to run though it came to its end: a step skipped, by whom and why; "" where nothing was checked. */
  doubts: z.array(z.strictObject({ step: text, by: text, reason: text })),
  /** A link to its card, in what is said directly; else "". */
  link: text,
  /** Whether this is about an earlier plan than the one in force. */
  older: z.boolean(),
  /** Full hash of the commit that was pushed. */
  newCommit: text,
  /** Why the plan was replaced, such as "branch-moved"; "" where it wasn't. */
  replacedBecause: text,
  /** Why an approved run has not begun; "" where nothing is in its way. */
  hindrance: text,
  /** Steps before verification. */
  actions: z.array(
    z.strictObject({
      title: text,
      status: text,
      /** User id of who confirmed a step that a person does. */
      confirmedBy: text,
      at: text,
      durationMs: milliseconds,
      summary: text,
    }),
  ),
  validations: z.array(
    z.strictObject({ title: text, status: text, confirmedBy: text, ok: z.boolean(), summary: text }),
  ),
  /** The step a run is at: title, status, role and instruction of a manual step, what came of it. */
  step: text,
  stepStatus: text,
  stepRole: text,
  stepSummary: text,
  /** The last line of its output. */
  stepLastLine: text,
  instruction: text,
});
export type RunMessage = z.infer<typeof RunMessage>;
