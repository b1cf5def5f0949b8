import type { InboundRunner } from '../door/inbound.ts';
import type { Listening } from '../door/listening.ts';
import type { Router } from '../door/router.ts';
import { answerCommand } from './answer.ts';
import { openRollbackForm } from './open-rollback-form.ts';
import { parseRollbackCommand } from './parse-command.ts';

/** `/rollback`: opens the form, or answers with a message that only the person sees. */
export function listenToRollbackCommand(router: Router, listening: Listening, inbound: InboundRunner): void {
  router.onCommand('/rollback', async ({ command, respond }) => {
    await inbound.handle(
      {
        name: 'command',
        onceKey: command.trigger_id,
        caller: { user: command.user_id, team: command.team_id },
        tell: async ({ text, blocks }) => {
          await respond({ response_type: 'ephemeral', text, blocks: [...blocks] });
        },
      },
      async ({ person }) => {
        const parsed = parseRollbackCommand(command.text);
        if (parsed.kind === 'open') {
          const origin = { channel: command.channel_id };
          return openRollbackForm(listening, {
            person,
            triggerId: command.trigger_id,
            origin,
            prefill: parsed,
          });
        }
        const { text, blocks } = await answerCommand(listening, person, parsed);
        await respond({ response_type: 'ephemeral', text, blocks: [...blocks] });
      },
    );
  });
}
