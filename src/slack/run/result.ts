import { abortOf } from '../../domain/run/ended-by.ts';
import { isUnproven } from '../../domain/run/proof.ts';
import { hasEnded, isVerification, pushedCommit, type Run, type RunStep } from '../../domain/run/run.ts';
import { doubtWords } from '../../words/doubts.ts';
import { type Block, section } from '../kit/block-kit.ts';
import { drawMrkdwn } from '../kit/mrkdwn.ts';
import { escapeText, inlineCode, nameActor, oneLine, reportLine } from '../kit/text.ts';

const LISTED = 10;

/** What came of a run that has ended: why, the new commit, the checks. Nothing before the end. */
export function resultBlocks(run: Run): readonly Block[] {
  if (!hasEnded(run)) return [];
  const lines = [...doubt(run), ...why(run), ...newCommit(run), ...checks(run)];
  return lines.length === 0 ? [] : [section(lines.join('\n'))];
}

const doubt = (run: Run): readonly string[] =>
  isUnproven(run) ? [`:grey_question: *${drawMrkdwn(doubtWords(run))}.*`, 'Look at what runs now.'] : [];

function why(run: Run): readonly string[] {
  if (run.status === 'denied' && run.denial) {
    return [`Denied by ${nameActor(run.denial.by)}: ${escapeText(run.denial.reason)}`];
  }
  if (run.status === 'cancelled' && run.cancel) {
    const reason = run.cancel.reason ?? run.ending;
    return [`Cancelled by ${nameActor(run.cancel.by)}${reason ? `: ${escapeText(reason)}` : ''}`];
  }
  const abort = abortOf(run);
  if (abort !== undefined) {
    const { by, reason, step } = abort;
    return [
      `Aborted by ${nameActor(by)} at “${oneLine(step, 80)}”${reason === null ? '' : `: ${oneLine(reason, 500)}`}`,
    ];
  }
  return run.ending === null ? [] : [reportLine(run.ending, 600)];
}

function newCommit(run: Run): readonly string[] {
  const commit = pushedCommit(run);
  if (commit !== null) return [`New commit ${inlineCode(commit.slice(0, 7))}`];
  return run.status === 'failed' || run.status === 'cancelled' ? ['Nothing was pushed.'] : [];
}

function checks(run: Run): readonly string[] {
  const ran = run.steps.filter((step) => isVerification(step) && step.attempt > 0);
  if (ran.length === 0) return run.status === 'failed' ? ['Checks did not run.'] : [];
  const passed = ran.filter(({ status }) => status === 'succeeded').length;
  return [
    `*Checks*: ${passed} of ${ran.length} passed`,
    ...ran.slice(0, LISTED).map(checkLine),
    ...(ran.length > LISTED ? [`…and ${ran.length - LISTED} more`] : []),
  ];
}

const checkLine = (step: RunStep): string =>
  `${step.status === 'succeeded' ? ':white_check_mark:' : ':x:'} ${oneLine(step.plan.title, 80)}${whatCame(step)}`;

function whatCame({ summary, decided, status }: RunStep): string {
  if (status === 'succeeded' && decided?.decision === 'done')
    return `: confirmed by ${nameActor(decided.by)}`;
  return summary === '' ? '' : `: ${reportLine(summary, 160)}`;
}
