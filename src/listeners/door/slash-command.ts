import type { Message } from '../../slack/kit/block-kit.ts';
import { textMessage } from '../../slack/kit/message.ts';
import { answerText, type SlashCommand } from './answer-text.ts';
import { explainRefusal } from './explain-refusal.ts';
import type { InboundRunner } from './inbound.ts';
import type { Router } from './router.ts';

/** A slash command: opens a form, or answers with a message that only the person sees. */
export function listenToSlashCommand(
  router: Router,
  inbound: InboundRunner,
  { name, commands }: SlashCommand,
): void {
  const typed = `/${name}`;
  router.onCommand(typed, async ({ command, respond }) => {
    const { text, channel_id: channel, trigger_id: triggerId } = command;
    const tell = async (message: Message): Promise<void> => {
      await respond({ response_type: 'ephemeral', text: message.text, blocks: [...message.blocks] });
    };
    const caller = { user: command.user_id, team: command.team_id };
    await answerText(
      inbound,
      { name, onceKey: triggerId, caller, tell },
      { commands, text, typed, place: { channel } },
      async (answer, who) => {
        if (answer.kind === 'message') return tell(answer.message);
        const opened = await answer.open(triggerId);
        if (opened.kind === 'refused') await tell(textMessage(explainRefusal(opened.refusal, who)));
      },
    );
  });
}
