import { formatDuration } from '../../domain/duration.ts';
import { nameCommit } from '../../domain/plan/plan.ts';
import type { Run } from '../../domain/run/run.ts';
import { standingWords } from '../../words/doubts.ts';
import { runSign, SEVERITY_SIGN } from '../../words/signs.ts';
import { header, type Message, section } from '../kit/block-kit.ts';
import { message, textMessage } from '../kit/message.ts';
import { escapeText, inlineCode, nameActor, pictured } from '../kit/text.ts';
import { markInList } from '../plan/start-marks.ts';

const LISTED = 20;

/** What `list` answers: one line a run, in the order given; `now` in ms. */
export function runListMessage(runs: readonly Run[], { now }: { readonly now: number }): Message {
  if (runs.length === 0) return textMessage('No rollbacks yet. Ask for one with `/rollback`.');
  const lines = runs.slice(0, LISTED).map((run) => line(run, now));
  const more = runs.length > LISTED ? [`…and ${runs.length - LISTED} more`] : [];
  return message(`${runs.length} rollbacks`, [header('Rollbacks'), section([...lines, ...more].join('\n'))]);
}

/** Asks which of several rollbacks is meant; `usage` such as "/rollback cancel". */
export function whichRunMessage(
  runs: readonly Run[],
  { now, usage, none }: { readonly now: number; readonly usage: string; readonly none: string },
): Message {
  const shown = runs.slice(0, LISTED);
  const [first] = shown;
  if (first === undefined) return textMessage(none);
  const text = `Which one? Name it: ${inlineCode(`${usage} ${first.id}`)}`;
  return message(text, [section(text), section(shown.map((run) => line(run, now)).join('\n'))]);
}

const line = (run: Run, now: number): string =>
  [
    `${pictured(runSign(run))} ${pictured(SEVERITY_SIGN[run.plan.severity])} *${escapeText(run.id)}* ${standingWords(run)}`,
    `${escapeText(run.plan.service)} ${escapeText(run.plan.environment)} → ${escapeText(nameCommit(run.plan.target))}`,
    `${nameActor(run.requestedBy)}, ${formatDuration(now - Date.parse(run.requestedAt))} ago`,
    ...(run.incident === null ? [] : [escapeText(run.incident)]),
    ...markInList(run),
  ].join(' · ');
