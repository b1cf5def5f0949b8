import type { RunEvent } from './events.ts';
import { changeStep, decided, pendingSteps } from './evolve-step.ts';
import type { Run, RunStatus } from './run.ts';
import { currentStep, isVerification } from './run.ts';

/** State after one more event. The first event of a stream is `rollback.requested`. */
export function evolveRun(run: Run | undefined, event: RunEvent): Run {
  if (event.type === 'rollback.requested') return firstState(event);
  if (run === undefined) throw new Error(`${event.stream}: ${event.type} before rollback.requested`);
  const changed = change(run, event);
  return { ...changed, status: statusAfter(changed, event), version: event.version };
}

/** State of a whole stream, or undefined of an empty one. */
export function foldRun(events: readonly RunEvent[]): Run | undefined {
  return events.reduce<Run | undefined>(evolveRun, undefined);
}

function firstState(event: RunEvent & { type: 'rollback.requested' }): Run {
  const {
    plan,
    digest,
    expiresAt,
    incident,
    ofNoIncident = false,
    reason,
    checklist,
    thread,
  } = event.payload;
  return {
    id: event.stream,
    version: event.version,
    status: 'awaiting_approval',
    requestedBy: event.actor,
    requestedAt: event.at,
    incident,
    ofNoIncident,
    reason,
    checklist,
    thread,
    plan,
    digest,
    expiresAt,
    planNumber: 1,
    replacedBecause: null,
    approvals: [],
    raised: null,
    glass: null,
    byPolicy: null,
    denial: null,
    steps: pendingSteps(plan),
    cancel: null,
    hindrance: null,
    startedAt: null,
    endedAt: null,
    ending: null,
  };
}

function change(run: Run, event: Exclude<RunEvent, { type: 'rollback.requested' }>): Run {
  const { at, actor } = event;
  switch (event.type) {
    case 'plan.replaced':
      return {
        ...run,
        plan: event.payload.plan,
        digest: event.payload.digest,
        expiresAt: event.payload.expiresAt,
        planNumber: run.planNumber + 1,
        replacedBecause: event.payload.because,
        approvals: [],
        raised: null,
        hindrance: null,
        steps: pendingSteps(event.payload.plan, run.steps),
      };
    case 'approval.granted':
      return { ...run, approvals: [...run.approvals, { by: actor, ...event.payload, at }] };
    case 'approval.raised':
      return { ...run, expiresAt: event.payload.expiresAt, raised: { roles: event.payload.roles, at } };
    case 'approval.by-policy': {
      const { incident, rule, pressedBy = null } = event.payload;
      return { ...run, byPolicy: { incident, rule, pressedBy, at, planNumber: run.planNumber } };
    }
    case 'glass.broken':
      return {
        ...run,
        glass: { by: actor, reason: event.payload.reason, at, planNumber: run.planNumber },
      };
    case 'approval.denied':
      return { ...run, denial: { by: actor, reason: event.payload.reason, at }, endedAt: at };
    case 'approval.expired':
      return { ...run, endedAt: at };
    case 'run.joined':
      return { ...run, incident: event.payload.incident };
    case 'approval.refused':
    case 'run.deferred':
    case 'run.queued':
      return run;
    case 'start.hindered':
      return { ...run, hindrance: event.payload };
    case 'start.retried':
      return { ...run, hindrance: null };
    case 'run.started':
      return { ...run, hindrance: null, startedAt: run.startedAt ?? at };
    case 'step.started':
      return changeStep(run, event.payload.step, (step) => ({
        ...step,
        status: 'running',
        attempt: event.payload.attempt,
        driver: event.payload.driver,
        startedAt: at,
        finishedAt: null,
        waitingUntil: null,
        summary: '',
        tail: '',
      }));
    case 'step.finished': {
      const { outcome, summary, tail, commit } = event.payload;
      return changeStep(run, event.payload.step, (step) => ({
        ...step,
        status: outcome,
        driver: null,
        finishedAt: at,
        summary,
        tail,
        commit,
      }));
    }
    case 'step.interrupted':
      return changeStep(run, event.payload.step, (step) => ({
        ...step,
        status: 'interrupted',
        driver: null,
      }));
    case 'step.waiting':
      return changeStep(run, event.payload.step, (step) => ({
        ...step,
        status: 'waiting',
        driver: null,
        waitingUntil: event.payload.until,
      }));
    case 'step.decided':
      return changeStep(run, event.payload.step, (step) => decided(step, event));
    case 'cancel.requested':
      return { ...run, cancel: { by: actor, reason: event.payload.reason, at } };
    case 'run.succeeded':
      return { ...run, endedAt: at };
    case 'run.failed':
    case 'run.cancelled':
      return { ...run, endedAt: at, ending: event.payload.why };
  }
}

function statusAfter(run: Run, event: RunEvent): RunStatus {
  switch (event.type) {
    case 'rollback.requested':
    case 'plan.replaced':
      return 'awaiting_approval';
    case 'approval.denied':
      return 'denied';
    case 'approval.expired':
      return 'expired';
    case 'run.deferred':
      return 'deferred';
    case 'run.queued':
      return 'queued';
    case 'run.succeeded':
      return 'succeeded';
    case 'run.failed':
      return 'failed';
    case 'run.cancelled':
      return 'cancelled';
    case 'run.started':
    case 'step.started':
    case 'step.finished':
    case 'step.interrupted':
    case 'step.waiting':
    case 'step.decided':
      return statusByStep(run);
    default:
      return run.status;
  }
}

function statusByStep(run: Run): RunStatus {
  const step = currentStep(run);
  if (step === undefined) return 'verifying';
  if (step.status === 'failed' || step.status === 'interrupted' || step.status === 'waiting')
    return 'waiting';
  return isVerification(step) ? 'verifying' : 'running';
}
