import { actOnIncident } from '../../engine/incident/act.ts';
import { SLACK_ACTIONS } from '../../slack/incident/actions/actions.ts';
import type { IncidentOrder } from '../../slack/incident/forms/order.ts';
import { incidentFormId } from '../../slack/kit/ids.ts';
import { refusedForm } from '../door/explain-refusal.ts';
import type { InboundRunner } from '../door/inbound.ts';
import type { Listening } from '../door/listening.ts';
import type { Router } from '../door/router.ts';
import { listenToView, type RefusedSender } from '../door/view-submission.ts';
import { recordStranger } from './before-press.ts';

/** A form about an incident was sent: do what it asks, which the card and the thread show. */
export function listenToIncidentForms(router: Router, listening: Listening, inbound: InboundRunner): void {
  for (const action of SLACK_ACTIONS) {
    if (action.kind !== 'form') continue;
    const { press, title, parse, outcome } = action;
    const record = ({ incident }: IncidentOrder, refused: RefusedSender): Promise<void> =>
      recordStranger(listening, { incident, press }, refused);
    const form = { callback: incidentFormId(press), title, parse, record };
    listenToView(router, listening, inbound, form, async (order, handling) => {
      const answer = await actOnIncident(handling.listening, { ...order, person: handling.person });
      if (answer.kind === 'refused') return refusedForm(answer.refusal, handling);
      return { kind: 'done', text: outcome(answer.incident, order.command) };
    });
  }
}
