import { approvingRoles, canBeRaised } from '../../../domain/run/approvals.ts';
import type { Run } from '../../../domain/run/run.ts';
import { actions, button, context, type Message, section } from '../../kit/block-kit.ts';
import { encodeButton } from '../../kit/button-values.ts';
import { ACTION } from '../../kit/ids.ts';
import { message } from '../../kit/message.ts';
import { escapeText, nameActor, namePeople, oneLine, pictured, slackDate } from '../../kit/text.ts';
import { startMarks } from '../../plan/start-marks.ts';
import { haltedButtons } from './halted.ts';
import { outcomeOfApproval } from './outcome.ts';
import { approvalRequest, viewPlanButton } from './request.ts';

type Parts = {
  readonly serviceTitle: string;
  /** Ids of the users and user groups that may still approve. */
  readonly mayApprove: readonly string[];
  /** To the run's card; '' while there is none. */
  readonly link: string;
  /** ms */
  readonly now: number;
  /** The rendered approval request (mrkdwn): who asks, and why. */
  readonly text: string;
};

/**
 * The card on which people approve. While it waits for them: the request with its buttons, then who may approve and
 * until when. Once it is decided, two lines: how the run stands, and who decided. All else is behind View plan.
 */
export function approvalCard(run: Run, parts: Parts): Message {
  const outcome = outcomeOfApproval(run, parts);
  if (outcome !== undefined) {
    return message(outcome, [
      section(outcome),
      actions(
        ...(run.status === 'deferred' ? [takeOffButton(run)] : []),
        ...haltedButtons(run),
        viewPlanButton(run),
      ),
    ]);
  }
  const { headline, blocks } = approvalRequest(run, parts);
  return message(`${escapeText(headline)}\n${parts.text}`, [
    ...blocks,
    context(whoMayApprove(run, parts.mayApprove)),
    ...startMarks(run),
  ]);
}

/** How many are still needed, who may, until when and what then; last what to type. */
export function whoMayApprove(run: Run, people: readonly string[]): string {
  const { count, requesterMayApprove, raiseTo } = run.plan.approval;
  const roles = approvingRoles(run).map((role) => oneLine(role, 75));
  const given = run.approvals.map(({ by }) => nameActor(by));
  const until = slackDate(run.expiresAt);
  return [
    ...(run.raised === null ? [] : [`${pictured('warning')} *Nobody approved in time*`]),
    `*${given.length} of ${count}* ${count === 1 ? 'approval' : 'approvals'}${given.length > 0 ? ` (${given.join(', ')})` : ''}`,
    people.length === 0
      ? `${pictured('warning')} *nobody may approve*: no one else is in ${roles.join(' or ')}. Somebody has to be added in walkback.yml`
      : `${namePeople(people)} (${roles.join(' or ')}) may approve${requesterMayApprove ? '' : ', not the person who asked'}`,
    canBeRaised(run)
      ? `after ${until} ${raiseTo.map((role) => oneLine(role, 75)).join(' and ')} may too`
      : `until ${until}`,
    ...(run.incident === null ? [] : [escapeText(run.incident)]),
    escapeText(run.id),
  ].join(' · ');
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
