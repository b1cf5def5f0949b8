import { nameCommit } from '../../domain/plan/plan.ts';
import { isApproved, isApprovedByPolicy, isGlassBroken } from '../../domain/run/approvals.ts';
import { isUnproven } from '../../domain/run/proof.ts';
import { currentStep, type Run } from '../../domain/run/run.ts';
import { doubtWords } from '../../words/doubts.ts';
import { drawMrkdwn } from '../kit/mrkdwn.ts';
import { escapeText, nameActor, oneLine, slackDate } from '../kit/text.ts';
import { hinderedStart } from './halted-start.ts';
import { waitsForPerson } from './waits-for-person.ts';

/** How a request for approval ended, and how its run stands since: a plain line, and mrkdwn. */
export type ApprovalOutcome = { readonly headline: string; readonly text: string };

/** Undefined while approvals are still awaited; `now` in ms. */
export function outcomeOfApproval(
  run: Run,
  { serviceTitle, now }: { readonly serviceTitle: string; readonly now: number },
): ApprovalOutcome | undefined {
  const target = run.plan.target.release ?? nameCommit(run.plan.target);
  const approved = approvedText(run);
  switch (run.status) {
    case 'awaiting_approval':
      return now >= Date.parse(run.expiresAt) ? expired(run, serviceTitle) : undefined;
    case 'deferred':
      return {
        headline: `🗓️ For the next deployment: roll back ${serviceTitle}`,
        text: `:calendar: On the list for the next deployment: ${run.plan.severity} rollbacks don't run before that. If it can't wait, somebody may break the glass.`,
      };
    case 'expired':
      return expired(run, serviceTitle);
    case 'denied':
      return {
        headline: `⛔ Denied: roll back ${serviceTitle}`,
        text: `:no_entry: Denied by ${run.denial ? nameActor(run.denial.by) : 'somebody'}: ${escapeText(run.denial?.reason ?? 'no reason given')}`,
      };
    case 'cancelled':
      return { headline: `🚫 Cancelled: roll back ${serviceTitle}`, text: cancelledText(run) };
    case 'failed':
      return {
        headline: `❌ Failed: roll back ${serviceTitle}`,
        text: `:x: Failed${run.ending ? `: ${escapeText(run.ending)}` : ''}\n${approved}`,
      };
    case 'succeeded':
      return isUnproven(run)
        ? {
            headline: `❔ Ended, not proven: ${serviceTitle} on ${target}`,
            text: `:grey_question: ${drawMrkdwn(doubtWords(run))}\n${approved}`,
          }
        : {
            headline: `✅ Done: ${serviceTitle} is back on ${target}`,
            text: `:white_check_mark: All checks passed\n${approved}`,
          };
    case 'queued':
      return (
        hinderedStart(run, { serviceTitle, approved }) ?? {
          headline: `✅ Approved: roll back ${serviceTitle}`,
          text: `:white_check_mark: ${approved}`,
        }
      );
    default:
      return underWay(run, serviceTitle, approved);
  }
}

function underWay(run: Run, serviceTitle: string, approved: string): ApprovalOutcome {
  if (run.cancel !== null) {
    const text = `:hand: ${nameActor(run.cancel.by)} cancelled. The step in flight is being stopped.\n${approved}`;
    return { headline: `✋ Cancelling: ${serviceTitle}`, text };
  }
  if (!waitsForPerson(run)) {
    return { headline: `🔄 Rolling back: ${serviceTitle}`, text: `:white_check_mark: ${approved}` };
  }
  const step = currentStep(run);
  const title = `“${oneLine(step?.plan.title ?? 'a step', 120)}”`;
  return step?.status === 'waiting'
    ? {
        headline: `✋ Needs a person: ${serviceTitle}`,
        text: `:hand: ${title} waits for a person: answer on the card in the thread.\n${approved}`,
      }
    : {
        headline: `⚠️ Needs a decision: ${serviceTitle}`,
        text: `:warning: ${title} didn't end well: decide on the card in the thread.\n${approved}`,
      };
}

const expired = (run: Run, serviceTitle: string): ApprovalOutcome => ({
  headline: `⌛ Expired: roll back ${serviceTitle}`,
  text: `:hourglass: Nobody approved in time (until ${slackDate(run.expiresAt)}). Ask again with \`/rollback ${escapeText(run.plan.service)}\`.`,
});

function cancelledText(run: Run): string {
  const by = run.cancel ? ` by ${nameActor(run.cancel.by)}` : '';
  const why = run.cancel?.reason ?? (run.cancel ? null : run.ending);
  const approved = isApproved(run) || run.approvals.length > 0 ? `\n${approvedText(run)}` : '';
  return `:no_entry_sign: Cancelled${by}${why ? `: ${escapeText(why)}` : ''}${approved}`;
}

function approvedText(run: Run): string {
  if (isGlassBroken(run)) return 'Started without approvals';
  if (isApprovedByPolicy(run)) return 'Approved by policy';
  const last = run.approvals.at(-1);
  if (last === undefined) return 'Approved';
  const people = run.approvals.map(({ by, role }) => `${nameActor(by)} (${escapeText(role)})`);
  return `Approved by ${people.join(' and ')} ${slackDate(last.at)}`;
}
