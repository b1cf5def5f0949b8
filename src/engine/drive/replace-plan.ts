import { refusalInBrief } from '../../domain/refusal-phrase.ts';
import { decideReplacePlan } from '../../domain/run/decide.ts';
import type { RunEventBody } from '../../domain/run/events.ts';
import type { Hindrance } from '../../domain/run/hindrance.ts';
import { currentStep, type Run } from '../../domain/run/run.ts';
import { type Rechecked, replan } from '../plan/recheck-plan.ts';
import { toIso } from '../ports/clock.ts';
import { loadRun } from '../streams/runs.ts';
import { type Drive, type Driving, isMine } from './driving.ts';
import { append, type Move, moved, onOneReading } from './move.ts';
import { cancelEvents, inFlight } from './step-events.ts';

/** A changed plan needs new approvals; one that can't even be made ends the run, saying why. */
export async function replacePlan(
  deps: Driving,
  drive: Drive,
  run: Run,
  change: Exclude<Rechecked, Hindrance>,
): Promise<Move> {
  if (change.kind === 'same') return 'look-again';
  if (change.kind === 'refused') {
    const failed: RunEventBody = {
      type: 'run.failed',
      payload: {
        step: currentStep(run)?.plan.id ?? '',
        why: `the plan can no longer be carried out: ${refusalInBrief(change.refusal)}`,
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

/** The branch moved under the step in flight: a new plan, unless a person has cancelled meanwhile. */
export async function followBranch(deps: Driving, drive: Drive, id: string): Promise<Move> {
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

async function replaceByReplanning(deps: Driving, drive: Drive, run: Run): Promise<Move> {
  const change = await replan(deps, run, 'branch-moved');
  return change.kind === 'hindered'
    ? failStep(deps, drive, run, change)
    : replacePlan(deps, drive, run, change);
}

/** Nobody can tell now what the plan would be: the step has failed, and its Retry finds out. */
async function failStep(deps: Driving, drive: Drive, run: Run, { why }: Hindrance): Promise<Move> {
  const step = inFlight(run);
  if (step === undefined) return 'stop';
  const summary = `the branch moved, and no new plan could be made: ${why}`;
  const payload = {
    ...{ step: step.plan.id, attempt: step.attempt, outcome: 'failed' as const },
    ...{ summary, tail: '', commit: null },
  };
  return moved(await append(deps, drive, run, [{ type: 'step.finished', payload }]));
}
