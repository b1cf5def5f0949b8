import { declareIncident } from '../../engine/incident/declare.ts';
import { parseDeclareForm } from '../../slack/incident/forms/parse-declare.ts';
import { VIEW } from '../../slack/kit/ids.ts';
import { channelRef, slackDate } from '../../slack/kit/text.ts';
import { refusedForm } from '../door/explain-refusal.ts';
import type { InboundRunner } from '../door/inbound.ts';
import type { Listening } from '../door/listening.ts';
import type { Router } from '../door/router.ts';
import { listenToView } from '../door/view-submission.ts';

/** The declaration was sent: declare. */
export function listenToDeclareForm(router: Router, listening: Listening, inbound: InboundRunner): void {
  const form = {
    callback: VIEW.declareForm,
    title: 'Declare an incident',
    parse: (view: unknown) => parseDeclareForm(view, listening.clock.now()),
  };
  listenToView(router, listening, inbound, form, async ({ declaration, asked }, handling) => {
    const answer = await declareIncident(handling.listening, { ...declaration, person: handling.person });
    if (answer.kind === 'refused') return refusedForm(answer.refusal, handling);
    const { id, severity, updateDueAt } = answer.incident;
    const { incidents } = handling.team.channels;
    const where = channelRef(incidents);
    const text = `*${id}* is declared as ${severity}. Its card is in ${where}, and everything else goes into the thread under it.${updateDueAt === null ? '' : ` The first update is due ${slackDate(updateDueAt)}.`}`;
    // Where it was declared from a message, a line under that points to the card.
    const isShown = asked === incidents || declaration.source !== null;
    return { kind: 'done', text, ...(isShown ? {} : { asked: { channel: asked } }) };
  });
}
