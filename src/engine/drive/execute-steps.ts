import { systemActor } from '../../domain/actor.ts';
import { type Decision, MOVED_ON, type NotNow } from '../../domain/run/decide.ts';
import type { RunEventBody } from '../../domain/run/events.ts';
import { currentStep, type Run, type RunStep } from '../../domain/run/run.ts';
import { isDoneByWorker } from '../../domain/steps/done.ts';
import type { PlanStep, WorkerKind } from '../../domain/steps/kinds.ts';
import { changeRun } from '../streams/runs.ts';
import { type Drive, type Driving, isMine } from './driving.ts';
import { killLeftovers } from './leftovers.ts';
import { append, type Move } from './move.ts';
import { followBranch } from './replace-plan.ts';
import { runStepAttempt } from './run-step-attempt.ts';
import { afterFinished, startOf, waitOf } from './step-events.ts';

/** Begins a step, in the same append as what came `before`: executed if a worker does it, else somebody else's turn. */
export async function startStep(
  deps: Driving,
  drive: Drive,
  run: Run,
  step: RunStep,
  before: readonly RunEventBody[],
): Promise<Move> {
  const started = startOf(drive, step);
  const events = isDoneByWorker(step.plan) ? [started] : [started, waitOf(step, deps.clock.now())];
  const appended = await append(deps, drive, run, [...before, ...events]);
  if (appended.kind !== 'accepted') return 'look-again';
  await killLeftovers(deps, run, step);
  return isDoneByWorker(step.plan) ? execute(deps, drive, appended.run, step.plan) : 'stop';
}

/** Executes the step in flight, and those that follow without a person or a timer. */
async function execute(deps: Driving, drive: Drive, from: Run, first: PlanStep<WorkerKind>): Promise<Move> {
  let run = from;
  for (let plan: PlanStep<WorkerKind> | undefined = first; plan !== undefined; plan = executing(run)) {
    const ended = await runStepAttempt(deps, drive, run, plan);
    if (ended.kind === 'superseded') return 'stop';
    if (ended.kind === 'branch-moved') return followBranch(deps, drive, run.id);
    const finished: RunEventBody = { type: 'step.finished', payload: ended.payload };
    const actor = systemActor(`worker ${drive.driver}`);
    const decide = (state: Run): Decision | NotNow => {
      if (!isMine(state, drive)) return MOVED_ON;
      return { kind: 'accepted', events: [finished, ...afterFinished(drive, state, ended.payload.outcome)] };
    };
    const answer = await changeRun(deps, { run: run.id, actor, decide }, run);
    if (answer.kind !== 'accepted') return 'stop';
    run = answer.run;
  }
  return run;
}

function executing(run: Run): PlanStep<WorkerKind> | undefined {
  const step = currentStep(run);
  return step?.status === 'running' && isDoneByWorker(step.plan) ? step.plan : undefined;
}
