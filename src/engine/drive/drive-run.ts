import { systemActor } from '../../domain/actor.ts';
import type { Refused } from '../../domain/refusal.ts';
import { refusalPhrase } from '../../domain/refusal-phrase.ts';
import {
  type Decision,
  decideReplacePlan,
  decideStart,
  MOVED_ON,
  type NotNow,
} from '../../domain/run/decide.ts';
import type { RunEventBody } from '../../domain/run/events.ts';
import { currentStep, hasEnded, type Run, type RunStep } from '../../domain/run/run.ts';
import { isDoneByWorker } from '../../domain/steps/done.ts';
import type { PlanStep, WorkerKind } from '../../domain/steps/kinds.ts';
import { type Rechecked, recheckPlan, replan } from '../plan/recheck-plan.ts';
import { heedIncident } from '../policy/heed-incident.ts';
import { toIso } from '../ports/clock.ts';
import { expireApproval } from '../run/answer-approval.ts';
import { snapshotCatalog } from '../snapshot-catalog.ts';
import { type Changed, changeRun, loadRun } from '../streams/runs.ts';
import { type Drive, type Driving, isMine } from './driving.ts';
import { runStepAttempt } from './run-step-attempt.ts';
import { afterFinished, cancelEvents, inFlight, startOf, waitOf } from './step-events.ts';

/**
 * What the drive came to: it ended here; the run should be driven on by another job; or its step is in the hands of a
 * session that lives though its job was given out again, and should be looked at in a while.
 */
export type DriveResult = 'done' | 'hand-over' | 'look-later';

/** One move: the state after it; `stop` when it is somebody else's turn; `look-again` when the journal moved on. */
type Move = Run | 'stop' | 'look-again';

/**
 * Drives a run as far as it goes without a person or a timer. Everything it does is journaled before and after;
 * whatever it finds in the journal from a dead worker it repeats only where that is safe, and asks otherwise.
 */
export async function driveRun(deps: Driving, drive: Drive): Promise<DriveResult> {
  let run = await loadRun(deps, drive.run);
  // The queue has one driver a run, so a step in flight at this moment lost its worker or, after an outage, its lock.
  const dead = inFlight(run);
  if (dead?.driver && (await deps.presence.isAlive(dead.driver))) return 'look-later';
  if (run !== undefined && hasEnded(run) && dead !== undefined) await killLeftovers(deps, run, dead);
  while (run !== undefined && !hasEnded(run)) {
    if (drive.stopping()) return 'hand-over';
    const found = inFlight(run);
    if (found !== undefined && !(found.driver === dead?.driver && found.attempt === dead?.attempt))
      return 'done';
    const move: Move = await advance(onOneReading(deps), drive, run);
    if (move === 'stop') return 'done';
    run = move === 'look-again' ? await loadRun(deps, drive.run) : move;
  }
  return 'done';
}

async function advance(deps: Driving, drive: Drive, run: Run): Promise<Move> {
  if (run.status === 'awaiting_approval') return expireIfDue(deps, run);
  if (run.status === 'deferred') return 'stop';
  const step = currentStep(run);
  if (run.status === 'queued') return begin(deps, drive, run);
  if (run.cancel !== null) return cancelNow(deps, drive, run, step);
  if (step === undefined)
    return moved(await append(deps, drive, run, [{ type: 'run.succeeded', payload: {} }]));
  switch (step.status) {
    case 'pending':
      return startStep(deps, drive, run, step, []);
    case 'running':
      return resumeStep(deps, drive, run, step);
    case 'waiting':
      return endWait(deps, drive, run, step);
    default:
      return 'stop';
  }
}

/** Its timer does this; should that be lost, so does any drive, such as the one at a worker's start. */
async function expireIfDue(deps: Driving, run: Run): Promise<Move> {
  if (toIso(deps.clock.now()) < run.expiresAt) return 'stop';
  return moved(await expireApproval(deps, { run: run.id, digest: run.digest }));
}

/** Before the first step: is what was approved still what would run, and was it approved as its severity demands? */
async function begin(deps: Driving, drive: Drive, run: Run): Promise<Move> {
  const rechecked = await recheckPlan(deps, run);
  if (rechecked.kind !== 'same') return replacePlan(deps, drive, run, rechecked);
  // Last of all, since git may take its time: nothing starts for what its incident was a moment ago.
  if (await heedIncident(deps, run)) return 'look-again';
  const step = currentStep(run);
  if (step === undefined) return 'stop';
  const decision = decideStart(run, { driver: drive.driver });
  if (decision.kind === 'accepted') return startStep(deps, drive, run, step, decision.events);
  if (decision.kind !== 'refused') return 'look-again';
  const why = `not started: it lacked the approvals that ${run.plan.severity} demands`;
  deps.log.error({ run: run.id, refusal: decision.refusal.reason }, 'a queued run was not approved');
  return moved(
    await append(deps, drive, run, [{ type: 'run.failed', payload: { step: step.plan.id, why } }]),
  );
}

async function startStep(
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

/** The branch moved under the step in flight: a new plan, unless a person has cancelled meanwhile. */
async function followBranch(deps: Driving, drive: Drive, id: string): Promise<Move> {
  for (;;) {
    const run = await loadRun(deps, id);
    if (run === undefined || !isMine(run, drive)) return 'stop';
    const move: Move =
      run.cancel === null
        ? await replaceByReplanning(onOneReading(deps), drive, run)
        : moved(await append(deps, drive, run, cancelEvents(run, 'stopped')));
    if (move !== 'look-again') return move;
  }
}

const replaceByReplanning = async (deps: Driving, drive: Drive, run: Run): Promise<Move> =>
  replacePlan(deps, drive, run, await replan(deps, run, 'branch-moved'));

/** One move decides by one reading of the files. */
const onOneReading = (deps: Driving): Driving => ({ ...deps, catalog: snapshotCatalog(deps.catalog) });

/**
 * A step in flight whose worker is gone. It is journaled first and killed then: a worker that lives after all finds
 * itself superseded, rather than its command killed.
 */
async function resumeStep(deps: Driving, drive: Drive, run: Run, step: RunStep): Promise<Move> {
  if (step.plan.repeatable) return startStep(deps, drive, run, step, []);
  const { attempt, plan } = step;
  const interrupted: RunEventBody = { type: 'step.interrupted', payload: { step: plan.id, attempt } };
  const appended = await append(deps, drive, run, [interrupted]);
  if (appended.kind !== 'accepted') return 'look-again';
  await killLeftovers(deps, run, step);
  return appended.run;
}

/** Kills whatever dead workers left of a step, of this attempt or an earlier one. */
async function killLeftovers(deps: Driving, run: Run, step: RunStep): Promise<void> {
  for (let attempt = 1; attempt <= step.attempt; attempt++) {
    const key = { run: run.id, step: step.plan.id, attempt };
    const mark = await deps.output.processOf(key);
    if (mark !== undefined && (await deps.commands.killLeftover(mark)))
      deps.log.warn(key, 'killed what a dead worker left running');
  }
}

/** Ends the run as somebody asked, after what a dead worker left of the step in flight. */
async function cancelNow(deps: Driving, drive: Drive, run: Run, step: RunStep | undefined): Promise<Move> {
  if (step?.status === 'running') await killLeftovers(deps, run, step);
  return moved(await append(deps, drive, run, cancelEvents(run, 'its worker died')));
}

async function endWait(deps: Driving, drive: Drive, run: Run, step: RunStep): Promise<Move> {
  if (step.waitingUntil === null) return 'stop';
  if (toIso(deps.clock.now()) < step.waitingUntil) {
    // Woken too early, by another machine's clock or at a worker's start: the timer is set anew.
    const cause = `${run.id}-${run.version}-${deps.clock.now()}`;
    await deps.queue.add({ kind: 'wake', run: run.id, at: step.waitingUntil }, cause);
    return 'stop';
  }
  const finished: RunEventBody = {
    type: 'step.finished',
    payload: {
      step: step.plan.id,
      attempt: step.attempt,
      outcome: 'succeeded',
      summary: '',
      tail: '',
      commit: null,
    },
  };
  return moved(await append(deps, drive, run, [finished]));
}

/** A changed plan needs new approvals; one that can't even be made ends the run, saying why. */
async function replacePlan(deps: Driving, drive: Drive, run: Run, change: Rechecked): Promise<Move> {
  if (change.kind === 'same') return 'look-again';
  if (change.kind === 'refused' || change.kind === 'impossible') {
    const reason = change.kind === 'refused' ? refusalPhrase(change.refusal.reason) : change.why;
    const failed: RunEventBody = {
      type: 'run.failed',
      payload: {
        step: currentStep(run)?.plan.id ?? '',
        why: `the plan can no longer be carried out: ${reason}`,
      },
    };
    return moved(await append(deps, drive, run, [failed]));
  }
  const { plan, digest } = change.planned;
  const policy = (await deps.catalog.team()).severities[plan.severity];
  const expiresAt = toIso(deps.clock.now() + (policy?.approval.expiresAfter ?? 0));
  const decision = decideReplacePlan(run, { because: change.because, plan, digest, expiresAt });
  return decision.kind === 'refused' ? 'look-again' : moved(await append(deps, drive, run, decision.events));
}

/** Appends only on the very state that was looked at; anything else is looked at again by the caller's next move. */
function append(
  deps: Driving,
  drive: Drive,
  run: Run,
  events: readonly RunEventBody[],
): Promise<Changed | Refused | NotNow> {
  const decide = (state: Run): Decision | NotNow =>
    state.version === run.version ? { kind: 'accepted', events } : MOVED_ON;
  return changeRun(deps, { run: run.id, actor: systemActor(`worker ${drive.driver}`), decide }, run);
}

/** The state after a change; after a refusal, whatever the journal says now is looked at afresh. */
const moved = (answer: Changed | Refused | NotNow): Move =>
  answer.kind === 'accepted' ? answer.run : 'look-again';
