import type { types } from '@slack/bolt';
import { isHalted, type Run } from '../../domain/run/run.ts';
import { button } from '../kit/block-kit.ts';
import { encodeButton } from '../kit/button-values.ts';
import { ACTION } from '../kit/ids.ts';
import { oneLine, slackDate } from '../kit/text.ts';
import type { ApprovalOutcome } from './approval-outcome.ts';

/** How an approved run stands that could not begin yet; `approved` says who approved it, in mrkdwn. */
export function hinderedStart(
  { hindrance }: Run,
  { serviceTitle, approved }: { readonly serviceTitle: string; readonly approved: string },
): ApprovalOutcome | undefined {
  if (hindrance === null) return undefined;
  const why = oneLine(hindrance.why, 600);
  return hindrance.until === null
    ? {
        headline: `⚠️ Approved, not started: roll back ${serviceTitle}`,
        text: `:warning: Whether the plan is still good could not be seen: ${why}. Nothing was changed, and the approvals are kept. It waits until somebody presses *Try again*.\n${approved}`,
      }
    : {
        headline: `⏳ Approved, can’t start yet: roll back ${serviceTitle}`,
        text: `:hourglass_flowing_sand: ${why}. Trying again until ${slackDate(hindrance.until)}; the approvals are kept.\n${approved}`,
      };
}

/** The buttons of an approved run that stands still until a person says so; none where it doesn't. */
export function haltedButtons(run: Run): readonly types.Button[] {
  if (!isHalted(run) || run.cancel !== null) return [];
  const value = encodeButton({ run: run.id });
  return [
    button({ action: ACTION.tryAgain, text: 'Try again', value, style: 'primary' }),
    button({
      action: ACTION.cancelRun,
      text: 'Cancel rollback',
      value,
      confirm: {
        title: 'Cancel this rollback?',
        text: 'Nothing has begun, so nothing has to be undone.',
        yes: 'Cancel rollback',
        no: 'Keep it',
      },
    }),
  ];
}
