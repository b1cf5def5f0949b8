import { isApprovedByPolicy, isGlassBroken } from '../../domain/run/approvals.ts';
import type { Run } from '../../domain/run/run.ts';
import { type Block, section } from '../kit/block-kit.ts';
import { escapeText, nameActor, namePeople, oneLine, slackDate } from '../kit/text.ts';

const REASON = 500;

/** What every view of a run says for good: that somebody broke the glass, or that the policy approved. */
export const startMarks = (run: Run): readonly Block[] => {
  const marks = [...glassMark(run), ...policyMark(run)];
  return marks.length === 0 ? [] : [section(marks.join('\n'))];
};

/** The same in two words of plain text, for a headline; '' for a run that went the usual way. */
export function markInHeadline(run: Run): string {
  if (run.glass !== null) return ' (glass broken)';
  return isApprovedByPolicy(run) ? ' (by policy)' : '';
}

/** The same on a line of a list (mrkdwn). */
export function markInList(run: Run): readonly string[] {
  if (run.glass !== null) return [`:rotating_light: glass broken by ${nameActor(run.glass.by)}`];
  return isApprovedByPolicy(run) ? ['approved by policy'] : [];
}

function glassMark(run: Run): readonly string[] {
  if (run.glass === null) return [];
  const { by, at, reason } = run.glass;
  const plan = isGlassBroken(run) ? '' : ', for an earlier plan';
  return [
    `:rotating_light: *Glass broken* by ${nameActor(by)} ${slackDate(at)}${plan}: ${oneLine(reason, REASON)}`,
  ];
}

function policyMark(run: Run): readonly string[] {
  if (run.byPolicy === null || !isApprovedByPolicy(run)) return [];
  return [`:scales: *Approved by policy*: ${policyText(run.plan.severity, run.byPolicy)}`];
}

/** By what rule of which severity's policy, for which incident, and on whose press (mrkdwn). */
export function policyText(
  severity: string,
  { rule, pressedBy, incident }: NonNullable<Run['byPolicy']>,
): string {
  const presser = pressedBy === null ? '' : ` by ${namePeople([pressedBy])}`;
  return `${escapeText(severity)}, ${oneLine(rule, REASON)}${presser}, ${escapeText(incident)}`;
}
