import { declareOffer, incidentFormOffer } from '../slack/incident/open-form.ts';
import type { Message } from '../slack/kit/block-kit.ts';
import { textMessage } from '../slack/kit/message.ts';
import { openFormMessage } from '../slack/run/open-form.ts';
import type { Handling, InboundRunner } from './door/inbound.ts';
import type { Listening, Plainly } from './door/listening.ts';
import { type Mention, parseMention } from './door/parse-mention.ts';
import type { Router } from './door/router.ts';
import { answerIncidentCommand } from './incident/answer.ts';
import { findIncidentAt } from './incident/find-incident.ts';
import { type IncidentCommandLine, parseIncidentCommand } from './incident/parse-command.ts';
import { answerCommand } from './run/answer.ts';
import { parseRollbackCommand } from './run/parse-command.ts';

const ROLLBACK = '@walkback rollback';
const INCIDENT = '@walkback incident';

const asItIs: Plainly = (said) => said;

/** The same commands by mention, for threads, where slash commands don't work. Forms open from a button. */
export function listenToMentions(router: Router, listening: Listening, inbound: InboundRunner): void {
  router.onEvent('app_mention', async ({ event, body, client }) => {
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
      const place = event.thread_ts === undefined ? { channel } : { channel, threadTs: event.thread_ts };
      await tell(await answerTo(listening, handling, mention, place));
    });
  });
}

type Place = { readonly channel: string; readonly threadTs?: string };

async function answerTo(
  listening: Listening,
  handling: Handling,
  mention: Mention | undefined,
  place: Place,
): Promise<Message> {
  if (mention === undefined)
    return textMessage(`I don't know that. I know \`${ROLLBACK} help\` and \`${INCIDENT} help\`.`);
  if (mention.about === 'incident') return answerOnIncident(listening, handling, mention.text, place);
  const parsed = parseRollbackCommand(mention.text);
  if (parsed.kind !== 'open') return answerCommand(listening, handling.person, parsed, ROLLBACK);
  const { kind: _, ...prefill } = parsed;
  return openFormMessage({ ...prefill, ...threadOf(place) });
}

async function answerOnIncident(
  listening: Listening,
  handling: Handling,
  text: string,
  place: Place,
): Promise<Message> {
  const command = await meantInThread(listening, parseIncidentCommand(text), place);
  const answer = await answerIncidentCommand(listening, handling, command, INCIDENT);
  switch (answer.kind) {
    case 'message':
      return answer.message;
    case 'declare':
      return declareOffer(threadOf(place));
    case 'form':
      return incidentFormOffer(answer.form, answer);
  }
}

const threadOf = ({ threadTs }: Place): { readonly threadTs?: string } =>
  threadTs === undefined ? {} : { threadTs };

/** In an incident's own thread that incident is meant, and nobody wants to declare it again. */
async function meantInThread(
  listening: Listening,
  command: IncidentCommandLine,
  { channel, threadTs }: Place,
): Promise<IncidentCommandLine> {
  if (threadTs === undefined || command.kind === 'list' || command.kind === 'help') return command;
  if (command.kind !== 'declare' && command.incident !== undefined) return command;
  const incident = await findIncidentAt(listening, { channel, thread: threadTs });
  if (incident === undefined) return command;
  return command.kind === 'declare'
    ? { kind: 'show', incident: incident.id }
    : { ...command, incident: incident.id };
}
