import type { Actor } from '../actor.ts';
import { lastsMs } from '../steps/done.ts';
import { isVerification, type Run, type RunStep } from './run.ts';

/** Why a run that came to its end leaves open whether its target runs. */
export type Doubt =
  /** A person skipped a step: `step` is its title, `at` an ISO time in UTC. */
  | {
      readonly kind: 'skipped';
      readonly step: string;
      readonly by: Actor;
      readonly reason: string | null;
      readonly at: string;
    }
  /** Its playbook verifies nothing: time passed, and nobody and nothing looked. */
  | { readonly kind: 'unchecked' };

/** Whether a run is known to have its target running: it ended well, nothing of it was skipped, something looked. */
export const isProven = (run: Run): boolean => run.status === 'succeeded' && doubtsOf(run).length === 0;

/** Whether a run ended without failing and yet isn't proven: to be shown as neither good nor bad. */
export const isUnproven = (run: Run): boolean => run.status === 'succeeded' && !isProven(run);

/** Everything that speaks against taking the end of a run for a success, as far as it has come; in order. */
export function doubtsOf(run: Run): readonly Doubt[] {
  const skipped = run.steps.flatMap(skippedBySomebody);
  return run.steps.some(looks) ? skipped : [...skipped, { kind: 'unchecked' }];
}

/** A doubt in a few words of plain text, without who and why. */
export const doubtPhrase = (doubt: Doubt): string =>
  doubt.kind === 'skipped' ? `“${doubt.step}” was skipped` : 'nothing was checked';

function skippedBySomebody({ status, decided, plan, finishedAt }: RunStep): readonly Doubt[] {
  if (status !== 'skipped') return [];
  const { by, reason, at } = decided ?? { by: NOBODY_KNOWN, reason: null, at: finishedAt ?? '' };
  return [{ kind: 'skipped', step: plan.title, by, reason, at }];
}

const NOBODY_KNOWN: Actor = { kind: 'system', name: 'unknown' };

const looks = (step: RunStep): boolean => isVerification(step) && lastsMs(step.plan) === undefined;
