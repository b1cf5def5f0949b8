import { type Commit, shortName } from '../git/git-facts.ts';
import type { RolledBack } from '../git/rolled-back.ts';
import { type Doubt, doubtsOf, isProven } from './proof.ts';
import { hasEnded, hasStarted, pushedCommit, type Run, type RunStep } from './run.ts';

/** What a started run did to a service, as later plans see it. */
export type RollbackRecord = RolledBack & {
  readonly from: Commit;
  readonly to: Commit;
  /** Whether it went away from what was deployed, be it that it failed afterwards. */
  readonly wentBack: boolean;
  /** Whether its target is known to have run. */
  readonly proven: boolean;
};

/** Undefined of a run that has not begun. */
export function recordOf(run: Run): RollbackRecord | undefined {
  if (run.startedAt === null) return undefined;
  return {
    run: run.id,
    at: run.startedAt,
    incident: run.incident,
    from: run.plan.deployed,
    to: run.plan.target,
    wentBack: run.status === 'succeeded' || pushedCommit(run) !== null,
    proven: isProven(run),
  };
}

/** Whether a run that has begun did something that may have changed what is deployed. */
export const mayHaveChangedSomething = (run: Run): boolean =>
  hasStarted(run) && run.steps.some(mayHaveChanged);

/**
 * Why it isn't known what is deployed after the last run that may have changed it, in words; undefined where its end tells, or where
 * it did nothing that could have changed it. `head` is the branch's, which tells nothing while a run has put another
 * version there and left the branch as it was.
 */
export function whyUnknown(run: Run, head: string): string | undefined {
  if (!mayHaveChangedSomething(run)) return undefined;
  if (!hasEnded(run)) return `${run.id} is still at work`;
  if (run.status === 'succeeded') {
    const [doubt] = doubtsOf(run);
    return doubt === undefined ? whyNotTheBranch(run, head) : DOUBTED[doubt.kind](run, doubt);
  }
  const at = run.steps.findLast((step) => step.status !== 'pending' && step.status !== 'succeeded');
  const where = at === undefined ? '' : ` at “${at.plan.title}”`;
  return `${run.id} ${run.status === 'cancelled' ? 'was cancelled' : 'failed'}${where}`;
}

const whyNotTheBranch = (run: Run, head: string): string | undefined =>
  pushedCommit(run) === null && head === run.plan.deployed.hash
    ? `${run.id} put ${shortName(run.plan.target)} there, and the branch is as it was before`
    : undefined;

const DOUBTED: Readonly<Record<Doubt['kind'], (run: Run, doubt: Doubt) => string>> = {
  skipped: ({ id }, doubt) => `“${doubt.kind === 'skipped' ? doubt.step : ''}” was skipped in ${id}`,
  unchecked: ({ id }) => `nothing was checked after ${id}`,
};

/** A check changes nothing, nor does time, nor a git step that has pushed nothing; a command or a person may have. */
function mayHaveChanged({ plan, attempt, status, commit, decided }: RunStep): boolean {
  if (plan.kind === 'http' || plan.kind === 'wait') return false;
  if (plan.kind === 'git') return commit !== null || (attempt > 0 && status !== 'failed');
  return attempt > 0 || decided !== null;
}
