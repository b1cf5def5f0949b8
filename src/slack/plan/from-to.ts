import { shortName } from '../../domain/git/git-facts.ts';
import { nameCommit, type Plan } from '../../domain/plan/plan.ts';
import { cutWithin, onOneLine } from '../../words/sanitize.ts';
import { escapeText, oneLine } from '../kit/text.ts';

const SERVICE = 32;
const NAME = 22;
const SUBJECT = 150;

/** "Web shop: v1.4.0 → v1.3.0": what goes from what to what, short enough for a phone's headline, in plain text. */
export const fromTo = (
  { deployed, target }: Pick<Plan, 'deployed' | 'target'>,
  serviceTitle: string,
): string => `${onOneLine(serviceTitle, SERVICE)}: ${named(deployed)} → ${named(target)}`;

/** Releases differ at their ends, so a long name is cut in its middle. */
const named = (commit: Plan['target']): string =>
  cutWithin(onOneLine(shortName(commit), Number.POSITIVE_INFINITY), NAME);

/** Both commits with what was done in them, a line of mrkdwn each. */
export const commitsText = ({ deployed, target }: Pick<Plan, 'deployed' | 'target'>): string =>
  [`From ${commitText(deployed)}`, `Back to ${commitText(target)}`].join('\n');

/** Our own commits carry no tag: without a word, nobody would know what one is. */
function commitText(commit: Plan['target']): string {
  const isRollback = commit.release === null && commit.subject.startsWith('Roll back ');
  return `*${escapeText(nameCommit(commit))}*${isRollback ? ' (a rollback commit)' : ''}: ${oneLine(commit.subject, SUBJECT)}`;
}
