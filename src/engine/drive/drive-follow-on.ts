import { toIso } from '../ports/clock.ts';
import type { FollowOn } from '../reactions/follow-on.ts';
import { expireApproval } from '../run/answer-approval.ts';
import { driveRun } from './drive-run.ts';
import type { Drive, Driving } from './driving.ts';

const LOOK_AGAIN_MS = 2_000;

/** What a worker does with a job: drive a run on, wake one that waited, or let an approval expire. */
export async function driveFollowOn(
  deps: Driving,
  work: FollowOn,
  session: Omit<Drive, 'run'>,
): Promise<void> {
  switch (work.kind) {
    case 'drive': {
      const drive = { run: work.run, ...session };
      const result = await deps.presence.during(drive.driver, () => driveRun(deps, drive));
      if (result === 'hand-over') await deps.queue.add({ kind: 'drive', run: work.run }, session.driver);
      if (result === 'look-later') await lookLater(deps, work.run);
      return;
    }
    case 'wake':
      // By way of the queue, which has one driver a run.
      return deps.queue.add({ kind: 'drive', run: work.run }, session.driver);
    case 'expire':
      return expire(deps, work);
    default:
      throw new Error(`${work.kind} is not for a worker`);
  }
}

async function lookLater(deps: Driving, run: string): Promise<void> {
  const now = deps.clock.now();
  await deps.queue.add({ kind: 'wake', run, at: toIso(now + LOOK_AGAIN_MS) }, `${run}-look-${now}`);
}

/**
 * Called too early, by a machine whose clock is ahead or after the rung above was asked, it waits until the run's
 * present time is over: else nothing would ever expire the plan.
 */
async function expire(deps: Driving, work: FollowOn & { readonly kind: 'expire' }): Promise<void> {
  const answer = await expireApproval(deps, work);
  if (answer.kind !== 'too-early') return;
  await deps.queue.add({ ...work, at: answer.until }, `${work.run}-${work.digest}-${deps.clock.now()}`);
}

/** On start: whatever is open is driven on, should a job have been lost. Runs that wait for people stay as they are. */
export async function resumeOpenRuns(deps: Pick<Driving, 'store' | 'queue'>): Promise<void> {
  for (const run of await deps.store.open('run')) await deps.queue.add({ kind: 'drive', run }, 'start');
}
