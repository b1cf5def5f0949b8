import type { Actor } from '../../src/domain/actor.ts';
import type { Plan } from '../../src/domain/plan/plan.ts';
import { digestPlan } from '../../src/domain/plan/plan-digest.ts';
import type {
  ReplacedBecause,
  RunEvent,
  RunEventBody,
  RunEventPayload,
  StepDecision,
} from '../../src/domain/run/events.ts';
import { parseRunEvent } from '../../src/domain/run/events.ts';
import { evolveRun } from '../../src/domain/run/evolve.ts';
import { doubtPhrase, doubtsOf } from '../../src/domain/run/proof.ts';
import type { Run } from '../../src/domain/run/run.ts';
import { aPlan } from './plan-builder.ts';

export const REQUESTER = 'U0REQUESTER';
export const APPROVER = 'U0APPROVER';
/** When every built run is requested. */
export const START = Date.parse('2026-01-05T03:00:00.000Z');

type Start = Partial<Omit<RunEventPayload<'rollback.requested'>, 'digest'>> & {
  readonly id?: string;
  readonly requestedBy?: string;
};

export type RunBuilder = {
  /** Moves the clock: the next events happen that much later. Events alone take no time. */
  readonly after: (milliseconds: number) => RunBuilder;
  readonly approvedBy: (user: string, role?: string) => RunBuilder;
  readonly deniedBy: (user: string, reason: string) => RunBuilder;
  readonly expired: () => RunBuilder;
  /** Nobody approved in time: these roles may as well. */
  readonly raisedTo: (roles: readonly string[]) => RunBuilder;
  readonly glassBrokenBy: (user: string, reason?: string) => RunBuilder;
  readonly approvedByPolicy: (rule?: string, incident?: string) => RunBuilder;
  readonly deferred: () => RunBuilder;
  readonly replan: (because: ReplacedBecause, plan: Plan) => RunBuilder;
  /** Approved by as many people as it takes, and taken up by a worker. */
  readonly started: () => RunBuilder;
  /** It could not begin; without a time, a person is asked. */
  readonly hindered: (why: string, until?: string) => RunBuilder;
  readonly startStep: (step: string) => RunBuilder;
  readonly finishStep: (
    step: string,
    result?: Partial<Omit<RunEventPayload<'step.finished'>, 'step' | 'attempt'>>,
  ) => RunBuilder;
  /** Starts and finishes each of these steps well, `tookMs` apiece. */
  readonly didSteps: (steps: readonly string[], tookMs?: number) => RunBuilder;
  readonly interruptStep: (step: string) => RunBuilder;
  readonly waitAt: (step: string, until?: string) => RunBuilder;
  readonly decide: (step: string, decision: StepDecision, reason?: string) => RunBuilder;
  readonly cancelRequestedBy: (user: string, reason?: string) => RunBuilder;
  readonly cancelled: (why: string) => RunBuilder;
  readonly failed: (step: string, why: string) => RunBuilder;
  readonly succeeded: () => RunBuilder;
  readonly build: () => Run;
  readonly events: () => readonly RunEvent[];
};

/**
 * A run told as a story of real events, folded as the engine folds them:
 * `aRun({ plan }).started().didSteps(['rollback']).startStep('deploy').build()`.
 */
export function aRun(start: Start = {}): RunBuilder {
  const { id = 'RUN-31', requestedBy = REQUESTER, plan = aPlan(), ...request } = start;
  const events: RunEvent[] = [];
  let run: Run | undefined;
  let now = START;

  const happen = (body: RunEventBody, actor: Actor): RunBuilder => {
    const version = events.length + 1;
    const at = new Date(now).toISOString();
    const event = parseRunEvent({ id: `${id}-${version}`, stream: id, version, at, actor, ...body });
    run = evolveRun(run, event);
    events.push(event);
    return builder;
  };
  const current = (): Run => {
    if (run === undefined) throw new Error('a run begins with its request');
    return run;
  };
  const attemptOf = (step: string): number =>
    current().steps.find((candidate) => candidate.plan.id === step)?.attempt ?? 0;
  const expiresAt = (): string => new Date(now + 30 * 60_000).toISOString();

  const builder: RunBuilder = {
    after: (milliseconds) => {
      now += milliseconds;
      return builder;
    },
    approvedBy: (by, role = 'approver') => {
      const { digest } = current();
      happen({ type: 'approval.granted', payload: { digest, role } }, user(by));
      if (current().approvals.length < current().plan.approval.count) return builder;
      return happen({ type: 'run.queued', payload: { digest } }, user(by));
    },
    deniedBy: (by, reason) =>
      happen({ type: 'approval.denied', payload: { digest: current().digest, reason } }, user(by)),
    expired: () => happen({ type: 'approval.expired', payload: { digest: current().digest } }, system),
    raisedTo: (roles) =>
      happen(
        {
          type: 'approval.raised',
          payload: { digest: current().digest, roles: [...roles], expiresAt: expiresAt() },
        },
        system,
      ),
    glassBrokenBy: (by, reason = 'nobody answers, shop is down') => {
      const { digest } = current();
      happen({ type: 'glass.broken', payload: { digest, reason } }, user(by));
      return happen({ type: 'run.queued', payload: { digest } }, user(by));
    },
    approvedByPolicy: (rule = '30 minutes without a fix', incident = 'INC-12') => {
      const { digest } = current();
      happen({ type: 'approval.by-policy', payload: { digest, rule, incident } }, system);
      return happen({ type: 'run.queued', payload: { digest } }, system);
    },
    deferred: () => happen({ type: 'run.deferred', payload: {} }, system),
    replan: (because, next) =>
      happen(
        {
          type: 'plan.replaced',
          payload: { because, plan: next, digest: digestPlan(next), expiresAt: expiresAt() },
        },
        system,
      ),
    started: () => {
      const missing =
        current().status === 'queued' ? 0 : current().plan.approval.count - current().approvals.length;
      for (let number = 0; number < missing; number += 1) {
        builder.approvedBy(number === 0 ? APPROVER : `${APPROVER}${number + 1}`);
      }
      return happen({ type: 'run.started', payload: { driver: 'worker-1' } }, system);
    },
    hindered: (why, until) =>
      happen({ type: 'start.hindered', payload: { why, until: until ?? null } }, system),
    startStep: (step) =>
      happen(
        { type: 'step.started', payload: { step, attempt: attemptOf(step) + 1, driver: 'worker-1' } },
        system,
      ),
    finishStep: (step, result = {}) =>
      happen(
        {
          type: 'step.finished',
          payload: {
            step,
            attempt: attemptOf(step),
            outcome: 'succeeded',
            summary: '',
            tail: '',
            commit: null,
            ...result,
          },
        },
        system,
      ),
    didSteps: (steps, tookMs = 10_000) => {
      for (const step of steps) builder.startStep(step).after(tookMs).finishStep(step);
      return builder;
    },
    interruptStep: (step) =>
      happen({ type: 'step.interrupted', payload: { step, attempt: attemptOf(step) } }, system),
    waitAt: (step, until) =>
      happen(
        { type: 'step.waiting', payload: { step, attempt: attemptOf(step), until: until ?? null } },
        system,
      ),
    decide: (step, decision, reason) =>
      happen({ type: 'step.decided', payload: { step, decision, reason: reason ?? null } }, user(APPROVER)),
    cancelRequestedBy: (by, reason) =>
      happen({ type: 'cancel.requested', payload: { reason: reason ?? null } }, user(by)),
    cancelled: (why) => happen({ type: 'run.cancelled', payload: { why } }, system),
    failed: (step, why) => happen({ type: 'run.failed', payload: { step, why } }, system),
    succeeded: () =>
      happen({ type: 'run.succeeded', payload: { doubts: doubtsOf(current()).map(doubtPhrase) } }, system),
    build: current,
    events: () => events,
  };

  return happen(
    {
      type: 'rollback.requested',
      payload: {
        incident: null,
        reason: 'a quarter of requests fail',
        checklist: ['issue-documented', 'target-verified'],
        thread: null,
        expiresAt: expiresAt(),
        ...request,
        plan,
        digest: digestPlan(plan),
      },
    },
    user(requestedBy),
  );
}

const system: Actor = { kind: 'system', name: 'worker' };
const user = (id: string): Actor => ({ kind: 'user', id });
