import { whyNotPress } from '../../domain/incident/actions/commands.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { respondRoles } from '../../domain/team/team.ts';
import { actOnIncident } from '../../engine/incident/act.ts';
import { toIso } from '../../engine/ports/clock.ts';
import { incidentEvents } from '../../engine/streams/incidents.ts';
import { addReaction } from '../../slack/connection/add-reaction.ts';
import { permalinkOf, readMessageAt } from '../../slack/connection/read-message.ts';
import { textMessage } from '../../slack/kit/message.ts';
import { explainRefusal } from '../door/explain-refusal.ts';
import type { Handling, InboundRunner } from '../door/inbound.ts';
import type { Listening } from '../door/listening.ts';
import type { Router } from '../door/router.ts';
import { type Tell, tellAt } from '../door/tell-at.ts';
import { findIncidentAt } from './find-incident.ts';

const PUSHPIN = 'pushpin';
const NOTED = 'memo';

type Place = { readonly channel: string; readonly ts: string };

/**
 * A pushpin on a message in an incident's thread or channel puts it on the timeline, and a reaction beside it says that
 * it is there. Where it can't be, whoever pinned it is told why. Anywhere else a pushpin means nothing to us.
 */
export function listenToPushpins(router: Router, _listening: Listening, inbound: InboundRunner): void {
  router.onEvent('reaction_added', async ({ event, body }) => {
    if (event.reaction !== PUSHPIN || event.item.type !== 'message') return;
    const { channel, ts } = event.item;
    const caller = { user: event.user, team: body.team_id };
    let answer: Tell = async () => undefined;
    const tell: Tell = (message) => answer(message);
    await inbound.handle({ name: 'pushpin', onceKey: body.event_id, caller, tell }, (handling) =>
      pin(handling, { channel, ts }, (threadTs) => {
        answer = tellAt(handling.listening, event.user, { channel, threadTs });
        return answer;
      }),
    );
  });
}

/** `answerIn` is asked once it is known that the message is one of an incident's. */
async function pin(handling: Handling, message: Place, answerIn: (thread: string) => Tell): Promise<void> {
  const { listening, person, team, log } = handling;
  const read = await readMessageAt(listening.client, message);
  if (read === undefined) return log.info({ ...message }, 'a pinned message could not be read');
  const incident = await findIncidentAt(listening, { channel: message.channel, thread: read.thread });
  if (incident === undefined) return;
  const tell = answerIn(read.thread);
  const refused = (refusal: Refusal): Promise<void> => {
    log.info({ refusal: refusal.reason, incident: incident.id }, 'pushpin refused');
    return tell(textMessage(`That message isn't on the timeline: ${explainRefusal(refusal, handling)}`));
  };
  const asking = { person, mayRespond: respondRoles(team), now: toIso(listening.clock.now()) };
  const whyNot = whyNotPress('note', incident, asking, { team, other: undefined });
  if (whyNot) return refused(whyNot.refusal);
  if (await isFirstPin(listening, incident, message)) {
    const permalink = await permalinkOf(listening.client, message);
    const { text, by } = read;
    const answer = await actOnIncident(listening, {
      ...{ incident: incident.id, person },
      command: { press: 'note', text: text || WORDLESS, by, permalink, message },
    });
    if (answer.kind === 'refused') return refused(answer.refusal);
  }
  await showNoted(handling, message);
}

const WORDLESS = 'a message without words';

/** It is on the timeline, whatever becomes of the reaction. */
async function showNoted({ listening, log }: Handling, message: Place): Promise<void> {
  const failed = await addReaction(listening.client, { ...message, name: NOTED }).catch((error: unknown) => ({
    error,
  }));
  if (failed !== undefined) log.warn({ ...message, ...failed }, 'a pushpin got no reaction');
}

/** Whether the message is not on the timeline yet; of two people who pin it at once, one is first. */
async function isFirstPin(listening: Listening, { id }: Incident, { channel, ts }: Place): Promise<boolean> {
  const events = await incidentEvents(listening, id);
  const isNoted = events.some(
    (event) =>
      event.type === 'timeline.noted' &&
      event.payload.message.channel === channel &&
      event.payload.message.ts === ts,
  );
  return !isNoted && (await listening.seen.isFirst(`pinned:${id}:${channel}:${ts}`));
}
