import { nameCommit } from '../../domain/plan/plan.ts';
import { approvingRoles, canBeRaised } from '../../domain/run/approvals.ts';
import type { ReplacedBecause } from '../../domain/run/events.ts';
import { hasStarted, type Run } from '../../domain/run/run.ts';
import {
  actions,
  type Block,
  button,
  context,
  facts,
  header,
  type Message,
  section,
} from '../kit/block-kit.ts';
import { encodeButton } from '../kit/button-values.ts';
import { ACTION } from '../kit/ids.ts';
import { message } from '../kit/message.ts';
import { escapeText, inlineCode, nameActor, namePeople, oneLine, slackDate } from '../kit/text.ts';
import { blastRadiusText } from '../plan/blast-radius-text.ts';
import { planOutline } from '../plan/outline.ts';
import { markInHeadline, startMarks } from '../plan/start-marks.ts';
import { type ApprovalOutcome, outcomeOfApproval } from './approval-outcome.ts';
import { checklistText } from './checklist-text.ts';
import { haltedButtons } from './halted-start.ts';

type Parts = {
  readonly serviceTitle: string;
  readonly severityTitle: string;
  /** Ids of the users and user groups that may still approve. */
  readonly mayApprove: readonly string[];
  /** ms */
  readonly now: number;
  /** The rendered approval request (mrkdwn): who asks for what, and why. */
  readonly text: string;
};

/**
 * The card on which people approve: what would happen, how bad it could be, and until when.
 * Once it is decided, how the run stands is on top and the buttons are gone.
 */
export function approvalCard(run: Run, parts: Parts): Message {
  const { serviceTitle, severityTitle, now, text } = parts;
  const outcome = outcomeOfApproval(run, { serviceTitle, now });
  const standing = outcome?.headline ?? `🔔 Approval needed: roll back ${serviceTitle}`;
  const title = `${standing}${markInHeadline(run)}`;
  return message(`${escapeText(title)}\n${outcome?.text ?? text}`, [
    header(title),
    ...(outcome ? [section(outcome.text)] : []),
    ...startMarks(run),
    ...(run.replacedBecause && !outcome ? [section(againText(run, run.replacedBecause))] : []),
    ...(run.raised && !outcome ? [section(raisedText(run, run.raised.roles))] : []),
    section(text),
    facts([
      ['Back to', commitLine(run.plan.target)],
      ['Deployed now', deployedLine(run.plan.deployed)],
      ['Severity', oneLine(`${run.plan.severity} ${severityTitle}`, 100)],
      ['Environment', escapeText(run.plan.environment)],
      ...(run.incident === null ? [] : [['Incident', escapeText(run.incident)] as const]),
    ]),
    section(blastRadiusText(run.plan.blastRadius)),
    section(planOutline(run.plan)),
    context(checklistText(run.checklist)),
    ...(outcome ? [] : [context(whoMayApprove(run, parts.mayApprove))]),
    buttons(run, outcome),
    context(`${escapeText(run.id)} · plan ${inlineCode(run.digest.slice(0, 7))}`),
  ]);
}

const BECAUSE: Readonly<Record<ReplacedBecause, string>> = {
  'branch-moved': 'somebody pushed to the branch, so more would be undone than was approved',
  'playbook-changed': 'the playbook was edited since',
  'configuration-changed': 'the configuration was edited, or Walkback updated, since',
  'severity-changed': 'the severity was changed, and what it demands with it',
};

function againText(run: Run, because: ReplacedBecause): string {
  const begun = hasStarted(run)
    ? '\nWork on the earlier plan had begun. This plan runs all of its steps from the first.'
    : '';
  return `:warning: *Needs approval again*: ${BECAUSE[because]}. Earlier approvals don't count.${begun}`;
}

const raisedText = (run: Run, roles: readonly string[]): string =>
  `:arrow_up: *Nobody approved in time.* ${roles.map((role) => inlineCode(role)).join(' and ')} may approve as well now, until ${slackDate(run.expiresAt)}. After that it expires.`;

const commitLine = (commit: Run['plan']['target']): string =>
  `*${escapeText(nameCommit(commit))}*\n${oneLine(commit.subject, 150)}`;

/** Our own commits carry no tag: without a word, nobody would know what one is. */
const deployedLine = (commit: Run['plan']['deployed']): string =>
  commit.release === null && commit.subject.startsWith('Roll back ')
    ? commitLine(commit).replace('\n', ' (a rollback commit)\n')
    : commitLine(commit);

function whoMayApprove(run: Run, people: readonly string[]): string {
  const { count, requesterMayApprove, raiseTo } = run.plan.approval;
  const named = approvingRoles(run)
    .map((role) => escapeText(role))
    .join(' or ');
  const given = run.approvals.map(({ by }) => nameActor(by));
  return [
    `*${run.approvals.length} of ${count}* ${count === 1 ? 'approval' : 'approvals'}${given.length > 0 ? ` (${given.join(', ')})` : ''}`,
    people.length === 0
      ? `:warning: nobody may approve: no one else is in ${named}. Somebody has to be added in walkback.yml`
      : `${namePeople(people)} (${named}) may approve${requesterMayApprove ? '' : ', not the person who asked'}`,
    canBeRaised(run)
      ? `if it is not approved by ${slackDate(run.expiresAt)}, ${raiseTo.map((role) => escapeText(role)).join(' and ')} may approve too`
      : `expires ${slackDate(run.expiresAt)}`,
  ].join(' · ');
}

function buttons(run: Run, outcome: ApprovalOutcome | undefined): Block {
  const value = encodeButton({ run: run.id, digest: run.digest });
  const plan = button({ action: ACTION.viewPlan, text: 'View plan', value: encodeButton({ run: run.id }) });
  const glass = button({ action: ACTION.breakGlass, text: 'Break glass', value, style: 'danger' });
  if (run.status === 'deferred') return actions(glass, takeOffButton(run), plan);
  if (outcome) return actions(...haltedButtons(run), plan);
  return actions(
    button({ action: ACTION.approve, text: 'Approve', value, style: 'primary' }),
    button({ action: ACTION.deny, text: 'Deny', value, style: 'danger' }),
    plan,
    glass,
  );
}

const takeOffButton = (run: Run) =>
  button({
    action: ACTION.cancelRun,
    text: 'Take off the list',
    value: encodeButton({ run: run.id }),
    confirm: {
      title: 'Take it off the list?',
      text: 'It will not be part of the next deployment.',
      yes: 'Take off the list',
      no: 'Keep it',
    },
  });
