import type { Message } from '../../slack/kit/block-kit.ts';
import { textMessage } from '../../slack/kit/message.ts';
import { explainRefusal } from '../door/explain-refusal.ts';
import type { InboundRunner } from '../door/inbound.ts';
import type { Listening } from '../door/listening.ts';
import type { Router } from '../door/router.ts';
import { answerIncidentCommand } from './answer.ts';
import { incidentForm } from './incident-form.ts';
import { openDeclareForm } from './open-declare-form.ts';
import { parseIncidentCommand } from './parse-command.ts';

const TYPED = '/incident';

/** `/incident`: opens a form, or answers with a message that only the person sees. */
export function listenToIncidentCommand(router: Router, listening: Listening, inbound: InboundRunner): void {
  router.onCommand(TYPED, async ({ command, respond }) => {
    const triggerId = command.trigger_id;
    const tell = async ({ text, blocks }: Message): Promise<void> => {
      await respond({ response_type: 'ephemeral', text, blocks: [...blocks] });
    };
    const caller = { user: command.user_id, team: command.team_id };
    await inbound.handle({ name: 'incident', onceKey: triggerId, caller, tell }, async (handling) => {
      const { person, team } = handling;
      const parsed = parseIncidentCommand(command.text);
      const answer = await answerIncidentCommand(listening, handling, parsed, TYPED);
      if (answer.kind === 'message') return tell(answer.message);
      if (answer.kind === 'declare') return openDeclareForm(listening, { person, team, triggerId });
      const form = await incidentForm(listening, { ...answer, person, team });
      if (form.kind === 'refused') return tell(textMessage(explainRefusal(form.refusal, handling)));
      await listening.viewClient.views.open({ trigger_id: triggerId, view: form.view });
    });
  });
}
