import type { App } from '@slack/bolt';
import { declareOffer, incidentFormOffer } from '../../slack/answers/open-incident-form.ts';
import type { Message } from '../../slack/block-kit.ts';
import { openFormMessage } from '../../slack/cards/open-form-message.ts';
import { textMessage } from '../../slack/message.ts';
import { answerCommand } from '../answer-command.ts';
import { answerIncidentCommand } from '../answer-incident-command.ts';
import type { Handling, InboundRunner } from '../inbound.ts';
import type { Listening, Plainly } from '../listening.ts';
import { parseIncidentCommand } from '../parse-incident-command.ts';
import { type Mention, parseMention } from '../parse-mention.ts';
import { parseRollbackCommand } from '../parse-rollback-command.ts';

const ROLLBACK = '@walkback rollback';
const INCIDENT = '@walkback incident';

const asItIs: Plainly = (said) => said;

/** The same commands by mention, for threads, where slash commands don't work. Forms open from a button. */
export function listenToMentions(app: App, listening: Listening, inbound: InboundRunner): void {
  app.event('app_mention', async ({ event, body, client }) => {
    // Of bots that speak no answer is expected, and none could read it.
    if (event.user === undefined || event.bot_id !== undefined) return;
    const mention = parseMention(event.text);
    const { user, channel } = event;
    const tell = async ({ text, blocks }: Message): Promise<void> => {
      const thread = event.thread_ts === undefined ? {} : { thread_ts: event.thread_ts };
      const { plainly = asItIs } = listening;
      const answer = plainly({ text, blocks: [...blocks] });
      await client.chat.postEphemeral({ channel, user, ...thread, ...answer });
    };
    const caller = { user, team: event.user_team ?? event.team ?? body.team_id };
    await inbound.handle({ name: 'mention', onceKey: body.event_id, caller, tell }, async (handling) => {
      const place = event.thread_ts === undefined ? {} : { threadTs: event.thread_ts };
      await tell(await answerTo(listening, handling, mention, place));
    });
  });
}

async function answerTo(
  listening: Listening,
  handling: Handling,
  mention: Mention | undefined,
  place: { readonly threadTs?: string },
): Promise<Message> {
  if (mention === undefined)
    return textMessage(`I don't know that. I know \`${ROLLBACK} help\` and \`${INCIDENT} help\`.`);
  if (mention.about === 'incident') return answerOnIncident(listening, handling, mention.text, place);
  const parsed = parseRollbackCommand(mention.text);
  if (parsed.kind !== 'open') return answerCommand(listening, handling.person, parsed, ROLLBACK);
  const { kind: _, ...prefill } = parsed;
  return openFormMessage({ ...prefill, ...place });
}

async function answerOnIncident(
  listening: Listening,
  handling: Handling,
  text: string,
  place: { readonly threadTs?: string },
): Promise<Message> {
  const answer = await answerIncidentCommand(listening, handling, parseIncidentCommand(text), INCIDENT);
  switch (answer.kind) {
    case 'message':
      return answer.message;
    case 'declare':
      return declareOffer(place);
    case 'form':
      return incidentFormOffer(answer.form, answer);
  }
}
