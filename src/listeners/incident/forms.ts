import { actOnIncident, recordRefusedPress } from '../../engine/incident/act.ts';
import type { IncidentChanged } from '../../engine/streams/incidents.ts';
import { parseSeverityForm } from '../../slack/incident/actions/change-severity.ts';
import { parseHoldLadderForm } from '../../slack/incident/actions/hold-ladder.ts';
import { parseRolesForm } from '../../slack/incident/actions/take-role.ts';
import { parseUpdateForm } from '../../slack/incident/actions/update.ts';
import { holdRollbackForm, reopenForm, resolveForm } from '../../slack/incident/actions/with-reason.ts';
import type { IncidentOrder } from '../../slack/incident/forms/order.ts';
import { VIEW } from '../../slack/kit/ids.ts';
import type { ParsedForm } from '../../slack/kit/parsed-form.ts';
import { outcomeView } from '../../slack/kit/telling-views.ts';
import { slackDate } from '../../slack/kit/text.ts';
import { explainRefusal } from '../door/explain-refusal.ts';
import type { InboundRunner } from '../door/inbound.ts';
import type { Listening } from '../door/listening.ts';
import type { Router } from '../door/router.ts';
import { listenToView, type RefusedSender } from '../door/view-submission.ts';

type Form = {
  readonly callback: string;
  readonly title: string;
  readonly parse: (view: unknown) => ParsedForm<IncidentOrder>;
};

const FORMS: readonly Form[] = [
  { callback: VIEW.updateForm, title: 'Update', parse: parseUpdateForm },
  { callback: VIEW.severityForm, title: 'Severity', parse: parseSeverityForm },
  { callback: VIEW.rolesForm, title: 'Roles', parse: parseRolesForm },
  { callback: VIEW.resolveForm, title: 'Resolve', parse: resolveForm.parse },
  { callback: VIEW.reopenForm, title: 'Reopen', parse: reopenForm.parse },
  { callback: VIEW.holdRollbackForm, title: 'Hold the rollback', parse: holdRollbackForm.parse },
  { callback: VIEW.holdLadderForm, title: 'Hold escalation', parse: parseHoldLadderForm },
];

/** A form about an incident was sent: do what it asks, and show what came of it. */
export function listenToIncidentForms(router: Router, listening: Listening, inbound: InboundRunner): void {
  for (const form of FORMS) {
    const record = ({ incident, command: { press } }: IncidentOrder, refused: RefusedSender): Promise<void> =>
      recordRefusedPress(listening, {
        incident,
        press,
        person: { id: refused.user },
        refusal: refused.refusal.reason,
      });
    listenToView(router, listening, inbound, { ...form, record }, async (order, handling) => {
      const answer = await actOnIncident(handling.listening, { ...order, person: handling.person });
      const text =
        answer.kind === 'refused' ? explainRefusal(answer.refusal, handling) : outcome(order, answer);
      return outcomeView({ title: form.title, text });
    });
  }
}

/** What follows from what was done (mrkdwn). */
function outcome({ command }: IncidentOrder, { incident }: IncidentChanged): string {
  const { id } = incident;
  switch (command.press) {
    case 'update':
      return `Your update on *${id}* is on its way. The next is due ${slackDate(incident.updateDueAt)}.`;
    case 'change-severity':
      return `*${id}* is ${incident.severity} now. Approvals, timers and the ladder follow it.`;
    case 'take-role':
      return `<@${command.user}> is ${command.role.replace('-', ' ')} of *${id}* now.`;
    case 'resolve':
      return `*${id}* is resolved, and everybody is told. It can be reopened until ${slackDate(incident.resolution?.closesAt ?? incident.updateDueAt)}.`;
    case 'reopen':
      return `*${id}* is open again. An update is due ${slackDate(incident.updateDueAt)}.`;
    case 'hold-rollback':
      return `The automatic rollback of *${id}* is held. It starts when somebody presses *Go now*.`;
    case 'hold-ladder':
      return `The escalation of *${id}* is held until ${slackDate(incident.ladderHold?.until ?? incident.updateDueAt)}.`;
    default:
      return `Done: *${id}*.`;
  }
}
