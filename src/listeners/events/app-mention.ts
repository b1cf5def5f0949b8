import type { App } from '@slack/bolt';
import type { Message } from '../../slack/block-kit.ts';
import { openFormMessage } from '../../slack/cards/open-form-message.ts';
import { textMessage } from '../../slack/message.ts';
import { answerCommand } from '../answer-command.ts';
import type { InboundRunner } from '../inbound.ts';
import type { Listening } from '../listening.ts';
import { parseMention } from '../parse-mention.ts';
import { parseRollbackCommand } from '../parse-rollback-command.ts';

const TYPED = '@walkback rollback';

/** The same commands by mention, for threads, where slash commands don't work. The form opens from a button. */
export function listenToMentions(app: App, listening: Listening, inbound: InboundRunner): void {
  app.event('app_mention', async ({ event, body, client }) => {
    const text = parseMention(event.text);
    // Of bots that speak no answer is expected, and none could read it.
    if (event.user === undefined || event.bot_id !== undefined) return;
    const { user, channel } = event;
    const tell = async ({ text, blocks }: Message): Promise<void> => {
      const thread = event.thread_ts === undefined ? {} : { thread_ts: event.thread_ts };
      await client.chat.postEphemeral({ channel, user, ...thread, text, blocks: [...blocks] });
    };
    const caller = { user, team: event.user_team ?? event.team ?? body.team_id };
    await inbound.handle({ name: 'mention', onceKey: body.event_id, caller, tell }, async ({ person }) => {
      if (text === undefined) return tell(textMessage(`I don't know that. I know \`${TYPED} help\`.`));
      const parsed = parseRollbackCommand(text);
      if (parsed.kind !== 'open') return tell(await answerCommand(listening, person, parsed, TYPED));
      const { kind: _, ...prefill } = parsed;
      await tell(
        openFormMessage({
          ...prefill,
          ...(event.thread_ts === undefined ? {} : { threadTs: event.thread_ts }),
        }),
      );
    });
  });
}
