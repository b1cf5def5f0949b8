import type { Actor } from '../actor.ts';
import type { Plan } from '../plan/plan.ts';
import type { PlanStep } from '../steps/kinds.ts';
import { VERIFY_PHASE } from '../steps/step.ts';
import type { ChecklistItem, ReplacedBecause, StepDecision } from './events.ts';

export type RunStatus =
  | 'awaiting_approval'
  /** On the list for the next deployment: holds no lock and starts only when somebody breaks the glass. */
  | 'deferred'
  | 'queued'
  | 'running'
  | 'waiting'
  | 'verifying'
  | 'succeeded'
  | 'failed'
  | 'cancelled'
  | 'denied'
  | 'expired';

export type StepStatus =
  | 'pending'
  | 'running'
  /** A person's confirmation or a timer is awaited. */
  | 'waiting'
  /** Ended badly; a person decides between retry, skip and abort. */
  | 'failed'
  /** Was in flight when its worker died, and is not safe to repeat; a person decides. */
  | 'interrupted'
  | 'succeeded'
  | 'skipped'
  | 'cancelled';

/** One step of a run, as far as it has come. Times are ISO, in UTC. */
export type RunStep = {
  readonly plan: PlanStep;
  readonly status: StepStatus;
  readonly attempt: number;
  /** The worker session that runs this attempt; the fence against one that lost its lock. */
  readonly driver: string | null;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly waitingUntil: string | null;
  readonly summary: string;
  readonly tail: string;
  readonly commit: string | null;
  /** How a person answered when it last waited for one, and at which attempt; `reason` where one was given. */
  readonly decided: StepAnswer | null;
};

type StepAnswer = {
  readonly by: Actor;
  readonly decision: StepDecision;
  readonly attempt: number;
  readonly reason: string | null;
  readonly at: string;
};

type Approval = {
  readonly by: Actor;
  readonly role: string;
  readonly digest: string;
  readonly at: string;
};

/** A run's state: the fold of its events, nothing else. */
export type Run = {
  readonly id: string;
  readonly version: number;
  readonly status: RunStatus;
  readonly requestedBy: Actor;
  readonly requestedAt: string;
  /** The incident that it belongs to, such as INC-12. */
  readonly incident: string | null;
  /** Somebody said that it belongs to none, though one hits its service. */
  readonly ofNoIncident: boolean;
  readonly reason: string;
  readonly checklist: readonly ChecklistItem[];
  readonly thread: { readonly channel: string; readonly ts: string } | null;
  readonly plan: Plan;
  readonly digest: string;
  readonly expiresAt: string;
  /** Set when an earlier plan was voided: why, and how many plans there have been. */
  readonly planNumber: number;
  readonly replacedBecause: ReplacedBecause | null;
  readonly approvals: readonly Approval[];
  /** Set once the first wait for approvals was over: roles that may approve as well. */
  readonly raised: { readonly roles: readonly string[]; readonly at: string } | null;
  /** Kept for good, so that every view shows it; counts only for the plan of that number. */
  readonly glass: {
    readonly by: Actor;
    readonly reason: string;
    readonly at: string;
    readonly planNumber: number;
  } | null;
  /** As above: the rule of the severity policy that approved it. */
  readonly byPolicy: {
    readonly incident: string;
    readonly rule: string;
    /** Whose press had it do so before its time: a user's id. */
    readonly pressedBy: string | null;
    readonly at: string;
    readonly planNumber: number;
  } | null;
  readonly denial: { readonly by: Actor; readonly reason: string; readonly at: string } | null;
  readonly steps: readonly RunStep[];
  readonly cancel: { readonly by: Actor; readonly reason: string | null; readonly at: string } | null;
  /** Why an approved run has not begun, and until when it is tried by itself (ISO); null: until a person says so. */
  readonly hindrance: { readonly why: string; readonly until: string | null } | null;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** Why it failed or was cancelled. */
  readonly ending: string | null;
};

const ENDED: readonly RunStatus[] = ['succeeded', 'failed', 'cancelled', 'denied', 'expired'];

export const hasEnded = (run: Run): boolean => ENDED.includes(run.status);
/** Whether it is approved and stands still until a person has it tried again. */
export const isHalted = (run: Run): boolean => run.status === 'queued' && run.hindrance?.until === null;
export const hasStarted = (run: Run): boolean => run.startedAt !== null;

/** The first step that is neither succeeded nor skipped: what the run is at, or undefined when all are done. */
export function currentStep(run: Run): RunStep | undefined {
  return run.steps.find((step) => step.status !== 'succeeded' && step.status !== 'skipped');
}

export const isVerification = (step: RunStep): boolean => step.plan.phase === VERIFY_PHASE;

/** The commit that the rollback pushed, once it has. */
export const pushedCommit = (run: Run): string | null =>
  run.steps.findLast((step) => step.commit !== null)?.commit ?? null;
