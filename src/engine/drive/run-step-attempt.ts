import type { RunEventPayload } from '../../domain/run/events.ts';
import { currentStep, type Run } from '../../domain/run/run.ts';
import type { PlanStep, WorkerKind } from '../../domain/steps/kinds.ts';
import { executeStep } from '../steps/execute.ts';
import { refreshRun } from '../streams/runs.ts';
import { type Drive, type Driving, isMine } from './driving.ts';
import { followOutput } from './follow-output.ts';

export type AttemptEnd =
  | { readonly kind: 'finished'; readonly payload: RunEventPayload<'step.finished'> }
  | { readonly kind: 'branch-moved' }
  /** The journal says that somebody else has the run now; nothing more may be written. */
  | { readonly kind: 'superseded' };

const TAIL_LINES = 8;

/** Executes the attempt that the journal says is in flight, and stops it when the journal says so. */
export async function runStepAttempt(
  deps: Driving,
  drive: Drive,
  run: Run,
  plan: PlanStep<WorkerKind>,
): Promise<AttemptEnd> {
  const step = currentStep(run);
  if (step === undefined) return { kind: 'superseded' };
  const key = { run: run.id, step: plan.id, attempt: step.attempt };
  const stop = new AbortController();
  const look = () => {
    stopWhenTold(deps, drive, run, stop).catch((error: unknown) =>
      deps.log.warn({ ...key, error }, 'could not look whether to stop'),
    );
  };
  const unwatch = deps.changes.watch(run.id, look);
  const letGo = drive.hands?.hold(`“${plan.title}” of ${run.id}`);
  // As after a crash: the next worker finds in the journal that it was in flight.
  const abandon = () => stop.abort('superseded');
  drive.hands?.abandoned.addEventListener('abort', abandon);
  if (drive.hands?.abandoned.aborted) abandon();
  // Whatever came between the journal's last entry and the watch was told to nobody.
  look();
  const output = followOutput(deps, key);
  try {
    const outcome = await executeStep(deps.handlers, plan, {
      run,
      at: run.startedAt ?? run.requestedAt,
      signal: stop.signal,
      log: deps.log.child(key),
      say: output.say,
      markProcess: (mark) => deps.output.markProcess(key, mark),
    });
    if (stop.signal.reason === 'superseded') return { kind: 'superseded' };
    const tail = await output.tail(TAIL_LINES);
    if (outcome.kind === 'branch-moved') return outcome;
    const ended = { step: plan.id, attempt: step.attempt, tail };
    if (outcome.kind === 'failed' && stop.signal.aborted) {
      return {
        kind: 'finished',
        payload: { ...ended, outcome: 'cancelled', summary: 'stopped', commit: null },
      };
    }
    const commit = outcome.kind === 'succeeded' ? (outcome.commit ?? null) : null;
    return {
      kind: 'finished',
      payload: { ...ended, outcome: outcome.kind, summary: outcome.summary, commit },
    };
  } finally {
    unwatch();
    letGo?.();
    drive.hands?.abandoned.removeEventListener('abort', abandon);
    output.stop();
  }
}

async function stopWhenTold(deps: Driving, drive: Drive, known: Run, stop: AbortController): Promise<void> {
  const run = await refreshRun(deps, known);
  if (!isMine(run, drive)) stop.abort('superseded');
  else if (run.cancel !== null) stop.abort('cancelled');
}
