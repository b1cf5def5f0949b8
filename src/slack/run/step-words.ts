import { formatDuration } from '../../domain/duration.ts';
import type { RunStep } from '../../domain/run/run.ts';
import { stepSign } from '../../words/signs.ts';
import { nameActor, oneLine, pictured, slackDate } from '../kit/text.ts';

/** One line of mrkdwn for a step: its state, its title, how long it took or has taken; `now` in ms. */
export function stepLine(step: RunStep, now: number): string {
  const title = oneLine(step.plan.title, 80);
  return [
    `${pictured(stepSign(step))} ${step.status === 'running' ? `*${title}*` : title}`,
    answerOf(step),
    durationOf(step, now),
    step.attempt > 1 ? `attempt ${step.attempt}` : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** Who skipped or confirmed it: a person stands for it, and nothing else. */
function answerOf({ status, decided }: RunStep): string {
  const by = decided === null ? '' : ` by ${nameActor(decided.by)}`;
  if (status === 'skipped') return `skipped${by}`;
  return status === 'succeeded' && decided?.decision === 'done' ? `confirmed${by}` : '';
}

function durationOf(step: RunStep, now: number): string {
  if (step.startedAt === null || step.status === 'pending' || step.status === 'interrupted') return '';
  // Nobody edits a card while nothing happens: a duration would stand still.
  if (step.status === 'waiting') return `since ${slackDate(step.startedAt)}`;
  const end = step.finishedAt === null ? now : Date.parse(step.finishedAt);
  return formatDuration(end - Date.parse(step.startedAt));
}
