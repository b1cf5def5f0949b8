import { formatDuration } from '../../domain/duration.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { oneLine } from '../kit/text.ts';

const LISTED = 12;

/** The steps of a plan by title, as mrkdwn; exact commands are behind View plan. */
export function planOutline(plan: Plan): string {
  const shown = plan.steps.slice(0, LISTED).map((step, index) => `${index + 1}. ${oneLine(step.title, 80)}`);
  const hidden = plan.steps.length - shown.length;
  return [
    `*Steps* · ${oneLine(plan.playbook.title, 75)} · about ${formatDuration(plan.estimateMs)}`,
    ...shown,
    ...(hidden > 0 ? [`…and ${hidden} more (View plan shows all)`] : []),
  ].join('\n');
}
