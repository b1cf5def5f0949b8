import { declareIncident } from '../../engine/incident/declare.ts';
import { parseDeclareForm } from '../../slack/incident/forms/parse-declare.ts';
import { VIEW } from '../../slack/kit/ids.ts';
import { outcomeView } from '../../slack/kit/telling-views.ts';
import { channelRef, slackDate } from '../../slack/kit/text.ts';
import { explainRefusal } from '../door/explain-refusal.ts';
import type { InboundRunner } from '../door/inbound.ts';
import type { Listening } from '../door/listening.ts';
import type { Router } from '../door/router.ts';
import { listenToView } from '../door/view-submission.ts';

const TITLE = 'Declare an incident';

/** The declaration was sent: declare. */
export function listenToDeclareForm(router: Router, listening: Listening, inbound: InboundRunner): void {
  const form = {
    callback: VIEW.declareForm,
    title: TITLE,
    parse: (view: unknown) => parseDeclareForm(view, listening.clock.now()),
  };
  listenToView(router, listening, inbound, form, async (values, handling) => {
    const answer = await declareIncident(handling.listening, { ...values, person: handling.person });
    if (answer.kind === 'refused')
      return outcomeView({ title: TITLE, text: explainRefusal(answer.refusal, handling) });
    const { id, severity, updateDueAt } = answer.incident;
    const where = channelRef(handling.team.channels.incidents);
    const text = `*${id}* is declared as ${severity}. Its card is in ${where}, and everything else goes into the thread under it. The first update is due ${slackDate(updateDueAt)}.`;
    return outcomeView({ title: TITLE, text });
  });
}
