import { below, textMessage } from '../../slack/kit/message.ts';
import { typedText } from '../../slack/kit/plain-text.ts';
import { answerText, type SlashCommand } from './answer-text.ts';
import { explainRefusal } from './explain-refusal.ts';
import type { InboundRunner } from './inbound.ts';
import { ModalNotOpened } from './open-modal.ts';
import type { Router } from './router.ts';
import { inTurn, tellAt } from './tell-at.ts';

/** A slash command: opens a form, or answers with a message that only the person sees. */
export function listenToSlashCommand(
  router: Router,
  inbound: InboundRunner,
  { name, commands }: SlashCommand,
): void {
  const typed = `/${name}`;
  router.onCommand(typed, async ({ command, respond, client }) => {
    const { channel_id: channel, trigger_id: triggerId } = command;
    const text = typedText(command.text);
    const tell = inTurn(
      async (message) => {
        await respond({ response_type: 'ephemeral', text: message.text, blocks: [...message.blocks] });
      },
      tellAt({ client }, command.user_id, {}),
    );
    const caller = { user: command.user_id, team: command.team_id };
    await answerText(
      inbound,
      { name, onceKey: triggerId, caller, tell },
      { commands, text, typed, place: { channel } },
      async (answer, who) => {
        if (answer.kind === 'message') return tell(answer.message);
        const opened = await answer.open(triggerId).catch(ifNotOpened);
        if (opened.kind === 'refused') await tell(textMessage(explainRefusal(opened.refusal, who)));
        if (opened.kind === 'not-opened') await tell(below(NOT_OPENED, answer.offer));
        if (opened.kind === 'opened' && answer.aside !== undefined) await tell(textMessage(answer.aside));
      },
    );
  });
}

/** A button has a trigger of its own, so the form need not be asked for by typing again. */
const ifNotOpened = (error: unknown): { readonly kind: 'not-opened' } => {
  if (!(error instanceof ModalNotOpened)) throw error;
  return { kind: 'not-opened' };
};

const NOT_OPENED = 'Slack gives Walkback three seconds to open a form, and they were over.';
