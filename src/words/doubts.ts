import { type Doubt, doubtsOf, isUnproven } from '../domain/run/proof.ts';
import { isVerification, type Run } from '../domain/run/run.ts';
import { runStatusWords } from './codes.ts';
import { doer, line } from './parts.ts';
import { joined, type Text, text } from './text.ts';

const REASON = 300;
const TITLE = 80;

/** How a run stands, in a word or two of plain text. */
export const standingWords = (run: Run): string =>
  isUnproven(run) ? 'ended, not proven' : runStatusWords(run.status);

/**
 * What a run that came to its end leaves open: "Checks passed, but “Deploy” was skipped by @ada (by hand): v1.2.0 isn't
 * proven to run". Empty where nothing is.
 */
export function doubtWords(run: Run): Text {
  if (!isUnproven(run)) return [];
  const doubts = joined(doubtsOf(run).map(oneDoubt), ', ');
  const passed = run.steps.some((step) => isVerification(step) && step.status === 'succeeded');
  const { release, hash } = run.plan.target;
  const target = release ?? hash.slice(0, 7);
  return passed
    ? text`Checks passed, but ${doubts}: ${target} isn't proven to run`
    : text`Not proven to run: ${target}, since ${doubts}`;
}

function oneDoubt(doubt: Doubt): Text {
  if (doubt.kind === 'unchecked') return text`nothing looked at what runs`;
  const { step, by, reason } = doubt;
  const why = reason === null ? '' : text` (${line(reason, REASON)})`;
  return text`“${line(step, TITLE)}” was skipped by ${doer(by)}${why}`;
}
