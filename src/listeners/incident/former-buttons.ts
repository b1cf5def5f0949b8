import { FORMER_PRESSES } from '../../domain/incident/actions/commands.ts';
import { linkToIncident } from '../../slack/incident/thread.ts';
import { IncidentButton, parseButton } from '../../slack/kit/button-values.ts';
import { incidentActionId } from '../../slack/kit/ids.ts';
import { textMessage } from '../../slack/kit/message.ts';
import { escapeText, linkTo } from '../../slack/kit/text.ts';
import { callerOf } from '../door/caller.ts';
import type { InboundRunner } from '../door/inbound.ts';
import type { Listening } from '../door/listening.ts';
import type { Router } from '../door/router.ts';
import { tellPrivately } from '../door/tell-privately.ts';

/** Buttons on messages of earlier versions do nothing any more, and say which one took their place and where it stands. */
export function listenToFormerButtons(router: Router, listening: Listening, inbound: InboundRunner): void {
  for (const former of FORMER_PRESSES) {
    router.onButton(incidentActionId(former), async (args) => {
      const { body, payload } = args;
      const tell = tellPrivately(args);
      const pressed = { name: former, onceKey: body.trigger_id, caller: callerOf(body), tell };
      await inbound.answer(pressed, async () => {
        const incident = parseButton(IncidentButton, payload.value)?.incident;
        await tell(textMessage(await insteadText(listening, incident)));
      });
    });
  }
}

async function insteadText(listening: Listening, incident: string | undefined): Promise<string> {
  const card = incident === undefined ? 'the card' : `the card of ${escapeText(incident)}`;
  const link = incident === undefined ? '' : ((await linkToIncident(listening, incident)) ?? '');
  const where = link === '' ? card : linkTo(link, card);
  return `Nothing was done: this button is of an earlier version. Press *Roll back* on ${where}, which says what goes to what.`;
}
