import type { Run } from '../../domain/run.ts';
import { escapeText, nameActor, slackDate } from '../text.ts';

/** How a request for approval ended: a few plain words, and a line of mrkdwn. */
export type ApprovalOutcome = { readonly headline: string; readonly text: string };

/** Undefined while approvals are still awaited; `now` in ms. */
export function outcomeOfApproval(run: Run, now: number): ApprovalOutcome | undefined {
  switch (run.status) {
    case 'awaiting_approval':
      return now >= Date.parse(run.expiresAt) ? expired(run) : undefined;
    case 'expired':
      return expired(run);
    case 'denied':
      return {
        headline: '⛔ Denied',
        text: `:no_entry: Denied by ${run.denial ? nameActor(run.denial.by) : 'somebody'}: ${escapeText(run.denial?.reason ?? 'no reason given')}`,
      };
    case 'cancelled':
      return { headline: '🚫 Cancelled', text: cancelledText(run) };
    default:
      return { headline: '✅ Approved', text: `:white_check_mark: ${approvedText(run)}` };
  }
}

const expired = (run: Run): ApprovalOutcome => ({
  headline: '⌛ Expired',
  text: `:hourglass: Nobody approved in time (until ${slackDate(run.expiresAt)}). Ask again with \`/rollback ${escapeText(run.plan.service)}\`.`,
});

function cancelledText(run: Run): string {
  const by = run.cancel ? ` by ${nameActor(run.cancel.by)}` : '';
  const why = run.cancel?.reason ?? (run.cancel ? null : run.ending);
  const approved = run.approvals.length > 0 ? `\n${approvedText(run)}` : '';
  return `:no_entry_sign: Cancelled${by}${why ? `: ${escapeText(why)}` : ''}${approved}`;
}

function approvedText(run: Run): string {
  const last = run.approvals.at(-1);
  if (last === undefined) return 'Approved';
  const people = run.approvals.map(({ by, role }) => `${nameActor(by)} (${escapeText(role)})`);
  return `Approved by ${people.join(' and ')} ${slackDate(last.at)}`;
}
