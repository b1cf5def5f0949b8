import type { Message } from '../slack/kit/block-kit.ts';
import { below, textMessage } from '../slack/kit/message.ts';
import { answerText } from './door/answer-text.ts';
import type { InboundRunner } from './door/inbound.ts';
import type { Listening } from './door/listening.ts';
import { parseMention } from './door/parse-mention.ts';
import type { Router } from './door/router.ts';
import type { Form } from './door/sub-command.ts';
import { tellAt } from './door/tell-at.ts';
import { SLASH_COMMANDS } from './slash-commands.ts';

const BOT = '@walkback';

/** The same commands by mention, for threads, where slash commands don't work. Forms open from a button. */
export function listenToMentions(router: Router, listening: Listening, inbound: InboundRunner): void {
  router.onEvent('app_mention', async ({ event, body, context }) => {
    // Of bots that speak no answer is expected, and none could read it.
    if (event.user === undefined || event.bot_id !== undefined) return;
    const { user, channel, thread_ts: threadTs } = event;
    const tell = tellAt(listening, user, { channel, threadTs });
    const caller = { user, team: event.user_team ?? event.team ?? body.team_id };
    const request = { name: 'mention', onceKey: body.event_id, caller, tell };
    const mention = parseMention(event.text, SLASH_COMMANDS, context.botUserId);
    if (mention === undefined) return inbound.answer(request, () => tell(textMessage(NOT_KNOWN)));
    const { name, commands } = mention.about;
    const place = threadTs === undefined ? { channel } : { channel, threadTs };
    await answerText(
      inbound,
      request,
      { commands, text: mention.text, typed: `${BOT} ${name}`, place },
      (answer) => tell(answer.kind === 'message' ? answer.message : offered(answer)),
    );
  });
}

const NOT_KNOWN = `I don't know that. I know ${SLASH_COMMANDS.map(({ name }) => `\`${BOT} ${name} help\``).join(' and ')}.`;

const offered = ({ aside, offer }: Form): Message => (aside === undefined ? offer : below(aside, offer));
