import { formatDuration } from '../../domain/duration.ts';
import type { RunStep, StepStatus } from '../../domain/run/run.ts';
import { lastsMs } from '../../domain/steps/done.ts';
import { nameActor, oneLine, slackDate } from '../kit/text.ts';

const SYMBOL: Readonly<Record<StepStatus, string>> = {
  pending: ':white_circle:',
  running: ':hourglass_flowing_sand:',
  waiting: ':hand:',
  failed: ':x:',
  interrupted: ':warning:',
  succeeded: ':white_check_mark:',
  skipped: ':fast_forward:',
  cancelled: ':no_entry_sign:',
};

/** One line of mrkdwn for a step: its state, its title, how long it took or has taken; `now` in ms. */
export function stepLine(step: RunStep, now: number): string {
  const title = oneLine(step.plan.title, 80);
  return [
    `${symbolOf(step)} ${step.status === 'running' ? `*${title}*` : title}`,
    answerOf(step),
    durationOf(step, now),
    step.attempt > 1 ? `attempt ${step.attempt}` : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

const symbolOf = (step: RunStep): string =>
  step.status === 'waiting' && lastsMs(step.plan) !== undefined ? ':stopwatch:' : SYMBOL[step.status];

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
