import type { RunEventBody } from '../../domain/run/events.ts';
import { currentStep, type Run, type RunStep, type StepStatus } from '../../domain/run/run.ts';
import { isDoneByWorker, lastsMs } from '../../domain/steps/done.ts';
import { toIso } from '../ports/clock.ts';
import type { Drive } from './driving.ts';

/** The step that a worker has in hand, by the journal. */
export const inFlight = (run: Run | undefined): RunStep | undefined =>
  run?.steps.find((step) => step.status === 'running');

/** The next attempt of a step, by this session. */
export const startOf = (drive: Drive, { plan, attempt }: RunStep): RunEventBody => ({
  type: 'step.started',
  payload: { step: plan.id, attempt: attempt + 1, driver: drive.driver },
});

/** A step that begins to wait for a person, or for a time after `now` (milliseconds since 1970). */
export function waitOf({ plan, attempt }: RunStep, now: number): RunEventBody {
  const lasts = lastsMs(plan);
  const until = lasts === undefined ? null : toIso(now + lasts);
  return { type: 'step.waiting', payload: { step: plan.id, attempt: attempt + 1, until } };
}

/** What the entry that ends a step holds as well: the next begins, where nothing is to be looked at in between. */
export function afterFinished(drive: Drive, run: Run, outcome: StepStatus): readonly RunEventBody[] {
  if (run.cancel !== null) return [cancelled(run)];
  const step = currentStep(run);
  const next = step && run.steps[run.steps.indexOf(step) + 1];
  if (outcome !== 'succeeded' || next?.status !== 'pending' || next.attempt > 0) return [];
  return drive.stopping() || !isDoneByWorker(next.plan) ? [] : [startOf(drive, next)];
}

const cancelled = (run: Run): RunEventBody => ({
  type: 'run.cancelled',
  payload: { why: run.cancel?.reason ?? 'cancelled by a person' },
});

/** The end of a run that somebody cancelled, and of its step in flight, with what is to be said of that. */
export function cancelEvents(run: Run, summary: string): readonly RunEventBody[] {
  const step = inFlight(run);
  if (step === undefined) return [cancelled(run)];
  const { attempt, plan } = step;
  const payload = {
    step: plan.id,
    attempt,
    outcome: 'cancelled' as const,
    summary,
    tail: '',
    commit: null,
  };
  return [{ type: 'step.finished', payload }, cancelled(run)];
}
