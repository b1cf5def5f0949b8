import { declareIncident } from '../../engine/declare-incident.ts';
import { VIEW } from '../../slack/ids.ts';
import { parseDeclareForm } from '../../slack/modals/parse-declare-form.ts';
import { outcomeView } from '../../slack/modals/telling-views.ts';
import { slackDate } from '../../slack/text.ts';
import { explainRefusal } from '../explain-refusal.ts';
import type { InboundRunner } from '../inbound.ts';
import type { Listening } from '../listening.ts';
import type { Router } from '../router.ts';
import { listenToView } from '../view-submission.ts';

const TITLE = 'Declare an incident';

/** The declaration was sent: declare. */
export function listenToDeclareForm(router: Router, listening: Listening, inbound: InboundRunner): void {
  const form = {
    callback: VIEW.declareForm,
    title: TITLE,
    parse: (view: unknown) => parseDeclareForm(view, listening.clock.now()),
  };
  listenToView(router, listening, inbound, form, async (values, handling) => {
    const answer = await declareIncident(listening, { ...values, person: handling.person });
    if (answer.kind === 'refused')
      return outcomeView({ title: TITLE, text: explainRefusal(answer.refusal, handling) });
    const { id, severity, updateDueAt } = answer.incident;
    const where = `<#${handling.team.channels.incidents}>`;
    const text = `*${id}* is declared as ${severity}. Its card is in ${where}, and everything else goes into the thread under it. The first update is due ${slackDate(updateDueAt)}.`;
    return outcomeView({ title: TITLE, text });
  });
}
