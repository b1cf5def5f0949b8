import { isApproved, isApprovedByPolicy, isGlassBroken } from '../../../domain/run/approvals.ts';
import { isUnproven } from '../../../domain/run/proof.ts';
import { currentStep, type Run } from '../../../domain/run/run.ts';
import { doubtWords } from '../../../words/doubts.ts';
import { PICTURES } from '../../../words/pictures.ts';
import { runSign } from '../../../words/signs.ts';
import { drawMrkdwn } from '../../kit/mrkdwn.ts';
import { escapeText, linkTo, nameActor, oneLine, reportLine, slackDate } from '../../kit/text.ts';
import { fromTo } from '../../plan/from-to.ts';
import { markInHeadline, policyText } from '../../plan/start-marks.ts';
import { waitsForPerson } from '../waits-for-person.ts';

const REASON = 200;

type Parts = {
  readonly serviceTitle: string;
  /** To the run's card; '' while there is none. */
  readonly link: string;
  /** ms */
  readonly now: number;
};

/**
 * How a request for approval ended, as two lines of mrkdwn: what it was and how its run stands, then who decided.
 * Undefined while approvals are still awaited.
 */
export function outcomeOfApproval(run: Run, { serviceTitle, link, now }: Parts): string | undefined {
  const expired = run.status === 'expired' || (run.status === 'awaiting_approval' && isLate(run, now));
  if (run.status === 'awaiting_approval' && !expired) return undefined;
  const sign = PICTURES[expired ? 'hourglass' : runSign(run)];
  const standing = expired ? 'Expired' : standingOf(run);
  const what = escapeText(`${fromTo(run.plan, serviceTitle)}${markInHeadline(run)}`);
  const way = link === '' ? escapeText(run.id) : linkTo(link, run.id);
  const decided = expired ? expiredText(run) : decidedText(run);
  return `${sign} *${standing}* · ${what}\n${decided} · ${way}`;
}

const isLate = ({ expiresAt }: Run, now: number): boolean => now >= Date.parse(expiresAt);

function standingOf(run: Run): string {
  switch (run.status) {
    case 'deferred':
      return 'For the next deployment';
    case 'denied':
      return 'Denied';
    case 'cancelled':
      return 'Cancelled';
    case 'failed':
      return 'Failed';
    case 'succeeded':
      return isUnproven(run) ? 'Ended, not proven' : 'Done';
    case 'queued':
      return run.hindrance === null ? 'Approved' : 'Approved, not started';
    default:
      return underWay(run);
  }
}

function underWay(run: Run): string {
  if (run.cancel !== null) return 'Cancelling';
  if (!waitsForPerson(run)) return 'Rolling back';
  return currentStep(run)?.status === 'waiting' ? 'Needs a person' : 'Needs a decision';
}

const expiredText = ({ expiresAt, plan }: Run): string =>
  `Nobody approved in time (until ${slackDate(expiresAt)}). Ask again: \`/rollback ${escapeText(plan.service)}\``;

function decidedText(run: Run): string {
  switch (run.status) {
    case 'deferred':
      return `${run.plan.severity} rollbacks don't run before that. If it can't wait: View plan offers to break the glass to who may.`;
    case 'denied':
      return `Denied by ${run.denial ? nameActor(run.denial.by) : 'somebody'}: ${oneLine(run.denial?.reason ?? 'no reason given', REASON)}`;
    case 'cancelled':
      return [cancelledText(run), ...(isApproved(run) ? [approvedText(run)] : [])].join(' · ');
    case 'queued':
      return [...hinderedText(run), approvedText(run)].join(' · ');
    case 'failed':
      return [...(run.ending ? [reportLine(run.ending, REASON)] : []), approvedText(run)].join(' · ');
    case 'succeeded':
      return isUnproven(run) ? `${drawMrkdwn(doubtWords(run))} · ${approvedText(run)}` : approvedText(run);
    default:
      return approvedText(run);
  }
}

/** Why it has not begun, and what comes of that; nothing where nothing is in its way. */
function hinderedText({ hindrance }: Run): readonly string[] {
  if (hindrance === null) return [];
  const why = reportLine(hindrance.why, 2 * REASON);
  return [
    hindrance.until === null
      ? `Whether the plan is still good could not be seen: ${why}. Nothing was changed, the approvals are kept. It waits until somebody presses *Try again*`
      : `Can't start yet: ${why}. Tried again until ${slackDate(hindrance.until)}, the approvals are kept`,
  ];
}

function cancelledText({ cancel, ending }: Run): string {
  const by = cancel ? ` by ${nameActor(cancel.by)}` : '';
  const why = cancel?.reason ?? (cancel ? null : ending);
  return `Cancelled${by}${why ? `: ${oneLine(why, REASON)}` : ''}`;
}

function approvedText(run: Run): string {
  if (isGlassBroken(run) && run.glass) {
    const { by, at, reason } = run.glass;
    return `Started without approvals: glass broken by ${nameActor(by)} ${slackDate(at)}: ${oneLine(reason, REASON)}`;
  }
  if (isApprovedByPolicy(run) && run.byPolicy)
    return `Approved by policy: ${policyText(run.plan.severity, run.byPolicy)}`;
  const last = run.approvals.at(-1);
  if (last === undefined) return 'Approved';
  const people = run.approvals.map(({ by, role }) => `${nameActor(by)} (${oneLine(role, 75)})`);
  return `Approved by ${people.join(' and ')} ${slackDate(last.at)}`;
}
