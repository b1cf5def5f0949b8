import { refusalInBrief } from '../../domain/refusal-phrase.ts';
import { decideReplacePlan } from '../../domain/run/decide.ts';
import type { RunEventBody } from '../../domain/run/events.ts';
import { currentStep, type Run } from '../../domain/run/run.ts';
import { type Rechecked, replan } from '../plan/recheck-plan.ts';
import { toIso } from '../ports/clock.ts';
import { loadRun } from '../streams/runs.ts';
import { type Drive, type Driving, isMine } from './driving.ts';
import { append, type Move, moved, onOneReading } from './move.ts';
import { cancelEvents } from './step-events.ts';

/** A changed plan needs new approvals; one that can't even be made ends the run, saying why. */
export async function replacePlan(deps: Driving, drive: Drive, run: Run, change: Rechecked): Promise<Move> {
  if (change.kind === 'same') return 'look-again';
  if (change.kind === 'refused' || change.kind === 'impossible') {
    const reason = change.kind === 'refused' ? refusalInBrief(change.refusal) : change.why;
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

const replaceByReplanning = async (deps: Driving, drive: Drive, run: Run): Promise<Move> =>
  replacePlan(deps, drive, run, await replan(deps, run, 'branch-moved'));
