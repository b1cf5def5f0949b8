import { ApprovalPress } from '../../domain/run/events.ts';
import type { Run } from '../../domain/run/run.ts';
import { SEVERITY_SIGN } from '../../words/signs.ts';
import { type Block, context, type Modal, modal, section } from '../kit/block-kit.ts';
import { ApprovalButton, encodeButton } from '../kit/button-values.ts';
import { BLOCK, VIEW } from '../kit/ids.ts';
import { radioButtons, textField } from '../kit/inputs.ts';
import type { ParsedForm } from '../kit/parsed-form.ts';
import { escapeText, nameActor, oneLine, pictured, quoted, slackDate } from '../kit/text.ts';
import { readView } from '../kit/view-state.ts';
import { blastRadiusText } from '../plan/blast-radius-text.ts';
import { commitsText } from '../plan/from-to.ts';
import { planPieces } from '../plan/pieces.ts';
import { planSections } from '../plan/sections.ts';
import { startMarks } from '../plan/start-marks.ts';
import { whoMayApprove } from './approval/card.ts';
import { checklistText } from './checklist-text.ts';

const LONGEST_REASON = 1_000;
const REASON = 2_000;
const ROOM = { sections: 80, characters: 200_000 };

export type PlanViewParts = {
  readonly serviceTitle: string;
  /** Ids of the users and user groups that may still approve. */
  readonly mayApprove: readonly string[];
  /** What this person may decide now. */
  readonly may: readonly ApprovalPress[];
  /** Why they may not approve, where approvals are awaited (mrkdwn). */
  readonly whyNot?: string | undefined;
  /** On top: what came of what they sent from an earlier view (mrkdwn). */
  readonly notice?: string | undefined;
  /** What they had typed there. */
  readonly reason?: string | undefined;
};

/**
 * All there is to know of a run's plan before deciding on it, every step with its exact command; with the decision on top,
 * where this person may take one. It is judged by the stored state, and names the plan that was read.
 */
export function runPlanView(run: Run, parts: PlanViewParts): Modal {
  const { plan, digest, id } = run;
  const { texts, left } = planSections(planPieces(plan, digest), ROOM);
  const decides = parts.may.length > 0;
  return modal({
    callback: VIEW.plan,
    title: `Plan of ${id}`,
    ...(decides ? { submit: 'Send decision', metadata: encodeButton({ run: id, digest }) } : {}),
    blocks: [
      ...(parts.notice === undefined ? [] : [section(parts.notice)]),
      section(whatAndWhy(run, parts.serviceTitle)),
      ...startMarks(run),
      ...(decides ? decisionBlocks(parts) : []),
      ...(parts.whyNot === undefined ? [] : [context(parts.whyNot)]),
      ...(run.status === 'awaiting_approval' ? [context(whoMayApprove(run, parts.mayApprove))] : []),
      section(blastRadiusText(plan.blastRadius)),
      context(checklistText(run.checklist)),
      ...texts.map((text) => section(text)),
      ...(left > 0
        ? [section(`${pictured('warning')} ${left} more steps don't fit here. Read them in the playbook.`)]
        : []),
    ],
  });
}

/** What a submitted decision says: the plan that was read, the decision, and the reason; '' where none was given. */
export function parsePlanDecision(
  view: unknown,
): ParsedForm<ApprovalButton & { readonly decision: ApprovalPress; readonly reason: string }> {
  const answers = readView(view);
  const shown = ApprovalButton.parse(answers.metadata);
  const decision = ApprovalPress.safeParse(answers.chosen(BLOCK.decision)).data;
  const reason = answers.text(BLOCK.reason);
  if (decision === undefined) return { ok: false, errors: { [BLOCK.decision]: 'Choose what to do.' } };
  if (decision !== 'approve' && reason === '') {
    return { ok: false, errors: { [BLOCK.reason]: 'Say why: others see it with your name.' } };
  }
  return { ok: true, values: { ...shown, decision, reason } };
}

const DECISION: Readonly<Record<ApprovalPress, string>> = {
  approve: 'Approve: exactly this plan runs',
  deny: 'Deny',
  'break-glass': 'Break glass: start now, without the approvals it needs',
};

function decisionBlocks({ may, reason }: PlanViewParts): readonly Block[] {
  const glass = may.includes('break-glass')
    ? [
        context(
          `${pictured('rotating_light')} Broken glass is announced with your name and reason, which stay on everything about this rollback.`,
        ),
      ]
    : [];
  return [
    radioButtons({
      block: BLOCK.decision,
      label: 'Your decision',
      choices: may.map((value) => ({ value, text: DECISION[value] })),
    }),
    textField({
      block: BLOCK.reason,
      label: 'Why?',
      hint: may.includes('approve') ? 'Not needed to approve.' : 'One or two sentences for tomorrow.',
      longest: LONGEST_REASON,
      multiline: true,
      optional: true,
      initial: reason,
    }),
    ...glass,
  ];
}

function whatAndWhy(run: Run, serviceTitle: string): string {
  const { plan, id, incident, requestedBy, requestedAt, reason } = run;
  return [
    [
      `${pictured(SEVERITY_SIGN[plan.severity])} *${plan.severity}* ${oneLine(serviceTitle, 75)}`,
      oneLine(plan.environment, 75),
      escapeText(incident === null ? id : `${incident} · ${id}`),
    ].join(' · '),
    commitsText(plan),
    `${nameActor(requestedBy)} asked ${slackDate(requestedAt)}:`,
    quoted(reason, REASON),
  ].join('\n');
}
