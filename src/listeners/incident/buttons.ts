import { actOnIncident } from '../../engine/incident/act.ts';
import type { AtOnceAction } from '../../slack/incident/actions/action.ts';
import { SLACK_ACTIONS } from '../../slack/incident/actions/actions.ts';
import type { FormPress } from '../../slack/incident/actions/lookup.ts';
import type { IncidentOrder } from '../../slack/incident/forms/order.ts';
import { IncidentButton } from '../../slack/kit/button-values.ts';
import { incidentActionId } from '../../slack/kit/ids.ts';
import { listenToButton } from '../door/button-press.ts';
import type { InboundRunner } from '../door/inbound.ts';
import type { Listening } from '../door/listening.ts';
import { openModal } from '../door/open-modal.ts';
import type { Router } from '../door/router.ts';
import type { RefusedSender } from '../door/view-submission.ts';
import { recordStranger } from './before-press.ts';
import { incidentForm } from './incident-form.ts';

/** The buttons of the incident card and of what is said under it. What a press leads to is judged by the stored state. */
export function listenToIncidentButtons(router: Router, listening: Listening, inbound: InboundRunner): void {
  for (const action of SLACK_ACTIONS) {
    if (action.kind === 'at-once') doAtOnce(router, listening, inbound, action);
    if (action.kind === 'form') askForMore(router, listening, inbound, action.press);
  }
}

function doAtOnce(router: Router, listening: Listening, inbound: InboundRunner, action: AtOnceAction): void {
  const button = {
    action: incidentActionId(action.press),
    schema: action.order,
    record: ({ incident }: IncidentOrder, refused: RefusedSender) =>
      recordStranger(listening, { incident, press: action.press }, refused),
  };
  listenToButton(router, inbound, button, async ({ listening: attending, value, person, refused }) => {
    const answer = await actOnIncident(attending, { ...value, person });
    if (answer.kind === 'refused') await refused(answer.refusal);
  });
}

function askForMore(router: Router, listening: Listening, inbound: InboundRunner, form: FormPress): void {
  const button = {
    action: incidentActionId(form),
    schema: IncidentButton,
    record: ({ incident }: IncidentButton, refused: RefusedSender) =>
      recordStranger(listening, { incident, press: form }, refused),
  };
  listenToButton(router, inbound, button, async ({ value, person, team, triggerId, refused }) => {
    const answer = await incidentForm(listening, { ...value, form, person, team });
    if (answer.kind === 'refused') return refused(answer.refusal);
    await openModal(listening, { triggerId, view: answer.view });
  });
}
