import { toIso } from '../ports/clock.ts';
import { doWork, type WorkOf } from '../reactions/jobs.ts';
import { expireApproval } from '../run/answer-approval.ts';
import { driveRun } from './drive-run.ts';
import type { Drive, Driving } from './driving.ts';

const LOOK_AGAIN_MS = 2_000;

/** What a worker does with a job: drive a run on, wake one that waited, or let an approval expire. */
export const driveFollowOn = (
  deps: Driving,
  work: WorkOf<'drive'>,
  session: Omit<Drive, 'run'>,
): Promise<void> =>
  doWork<'drive', void>(
    {
      drive: ({ run }) => drive(deps, { run, ...session }),
      // By way of the queue, which has one driver a run.
      wake: ({ run }) => deps.queue.add({ kind: 'drive', run }, session.driver),
      expire: (due) => expire(deps, due),
    },
    work,
  );

async function drive(deps: Driving, of: Drive): Promise<void> {
  const { run, driver } = of;
  const result = await deps.presence.during(driver, () => driveRun(deps, of));
  if (result === 'hand-over') await deps.queue.add({ kind: 'drive', run }, driver);
  if (result === 'look-later') await lookLater(deps, run);
}

async function lookLater(deps: Driving, run: string): Promise<void> {
  const now = deps.clock.now();
  await deps.queue.add({ kind: 'wake', run, at: toIso(now + LOOK_AGAIN_MS) }, `${run}-look-${now}`);
}

/**
 * Called too early, by a machine whose clock is ahead or after the rung above was asked, it waits until the run's
 * present time is over: else nothing would ever expire the plan.
 */
async function expire(
  deps: Driving,
  work: Extract<WorkOf<'drive'>, { readonly kind: 'expire' }>,
): Promise<void> {
  const answer = await expireApproval(deps, work);
  if (answer.kind !== 'too-early') return;
  await deps.queue.add({ ...work, at: answer.until }, `${work.run}-${work.digest}-${deps.clock.now()}`);
}

/** On start: whatever is open is driven on, should a job have been lost. Runs that wait for people stay as they are. */
export async function resumeOpenRuns(deps: Pick<Driving, 'store' | 'queue'>): Promise<void> {
  for (const run of await deps.store.open('run')) await deps.queue.add({ kind: 'drive', run }, 'start');
}
