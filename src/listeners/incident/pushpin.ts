import { whyNotPress } from '../../domain/incident/actions/commands.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { respondRoles } from '../../domain/team/team.ts';
import { actOnIncident } from '../../engine/incident/act.ts';
import { toIso } from '../../engine/ports/clock.ts';
import { incidentEvents } from '../../engine/streams/incidents.ts';
import { permalinkOf, readMessageAt } from '../../slack/connection/read-message.ts';
import type { Handling, InboundRunner } from '../door/inbound.ts';
import type { Listening } from '../door/listening.ts';
import type { Router } from '../door/router.ts';
import { findIncidentAt } from './find-incident.ts';

const PUSHPIN = 'pushpin';

type Place = { readonly channel: string; readonly ts: string };

/** A pushpin on a message in an incident's thread or channel puts it on the timeline. Nobody is answered. */
export function listenToPushpins(router: Router, _listening: Listening, inbound: InboundRunner): void {
  router.onEvent('reaction_added', async ({ event, body }) => {
    if (event.reaction !== PUSHPIN || event.item.type !== 'message') return;
    const { channel, ts } = event.item;
    const caller = { user: event.user, team: body.team_id };
    const tell = async (): Promise<void> => undefined;
    await inbound.handle({ name: 'pushpin', onceKey: body.event_id, caller, tell }, (handling) =>
      pin(handling, { channel, ts }),
    );
  });
}

async function pin({ listening, person, team, log }: Handling, message: Place): Promise<void> {
  const read = await readMessageAt(listening.client, message);
  if (read === undefined) return log.info({ ...message }, 'a pinned message could not be read');
  const incident = await findIncidentAt(listening, { channel: message.channel, thread: read.thread });
  if (incident === undefined) return;
  const asking = { person, mayRespond: respondRoles(team), now: toIso(listening.clock.now()) };
  const refused = whyNotPress('note', incident, asking, { team, other: undefined });
  if (refused) return log.info({ refusal: refused.refusal.reason, incident: incident.id }, 'pushpin refused');
  if (!(await isFirstPin(listening, incident, message))) return;
  const permalink = await permalinkOf(listening.client, message);
  const { text, by } = read;
  await actOnIncident(listening, {
    incident: incident.id,
    person,
    command: { press: 'note', text, by, permalink, message },
  });
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
