import { decideStart } from '../../domain/run/decide.ts';
import type { RunEventBody } from '../../domain/run/events.ts';
import type { Hindrance } from '../../domain/run/hindrance.ts';
import { doubtPhrase, doubtsOf } from '../../domain/run/proof.ts';
import { currentStep, hasEnded, isHalted, type Run, type RunStep } from '../../domain/run/run.ts';
import { hindranceIn } from '../plan/hindrance-in.ts';
import { heedIncident } from '../policy/heed-incident.ts';
import { toIso } from '../ports/clock.ts';
import { expireApproval } from '../run/answer-approval.ts';
import { loadRun } from '../streams/runs.ts';
import type { Drive, Driving } from './driving.ts';
import { startStep } from './execute-steps.ts';
import { waitToStart } from './hindered-start.ts';
import { killLeftovers } from './leftovers.ts';
import { cancelNow, resumeStep } from './lost-step.ts';
import { append, type Move, moved } from './move.ts';
import { replacePlan } from './replace-plan.ts';
import { recheckSettled } from './settled.ts';
import { inFlight } from './step-events.ts';

/**
 * What the drive came to: it ended here; the run should be driven on by another job; or its step is in the hands of a
 * session that lives though its job was given out again, and should be looked at in a while.
 */
export type DriveResult = 'done' | 'hand-over' | 'look-later';

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
    const move: Move = await advance(deps, drive, run);
    if (move === 'stop') return drive.hands?.abandoned.aborted ? 'hand-over' : 'done';
    run = move === 'look-again' ? await loadRun(deps, drive.run) : move;
  }
  return 'done';
}

async function advance(deps: Driving, drive: Drive, run: Run): Promise<Move> {
  if (run.status === 'awaiting_approval') return expireIfDue(deps, run);
  if (run.status === 'deferred' || isHalted(run)) return 'stop';
  const step = currentStep(run);
  if (run.status === 'queued') return begin(deps, drive, run);
  if (run.cancel !== null) return cancelNow(deps, drive, run, step);
  if (step === undefined) return moved(await append(deps, drive, run, [succeeded(run)]));
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

const succeeded = (run: Run): RunEventBody => ({
  type: 'run.succeeded',
  payload: { doubts: doubtsOf(run).map(doubtPhrase) },
});

/** Its timer does this; should that be lost, so does any drive, such as the one at a worker's start. */
async function expireIfDue(deps: Driving, run: Run): Promise<Move> {
  if (toIso(deps.clock.now()) < run.expiresAt) return 'stop';
  return moved(await expireApproval(deps, { run: run.id, digest: run.digest }));
}

/** Before the first step: is what was approved still what would run, and was it approved as its severity demands? */
async function begin(deps: Driving, drive: Drive, run: Run): Promise<Move> {
  const { now, rechecked } = await recheckSettled(deps, run);
  if (rechecked.kind === 'hindered') return waitToStart(now, drive, run, rechecked);
  if (rechecked.kind !== 'same') return replacePlan(now, drive, run, rechecked);
  // Last of all, since git may take its time: nothing starts for what its incident was a moment ago.
  const heeded = await heed(now, run);
  if (typeof heeded === 'object') return waitToStart(now, drive, run, heeded);
  if (heeded) return 'look-again';
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

/** Whether the run had to follow its incident; or why that could not be seen. */
async function heed(deps: Driving, run: Run): Promise<boolean | Hindrance> {
  try {
    return await heedIncident(deps, run);
  } catch (error) {
    const hindrance = hindranceIn(error);
    if (hindrance === undefined) throw error;
    return hindrance;
  }
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
