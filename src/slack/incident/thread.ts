import type { Incident } from '../../domain/incident/incident.ts';
import { callSlack, isRefused } from '../connection/slack-failure.ts';
import type { Delivering, Destination } from '../delivery/delivering.ts';
import { renderIncidentCard } from './render-card.ts';

type Known = Pick<Delivering, 'messages'>;

export const incidentCardKey = (incident: string): string => `${incident}:card:incident`;

/** The thread under an incident's card, where everything about it is said; undefined while the card isn't posted. */
export async function findIncidentThread(
  { messages }: Known,
  incident: string,
): Promise<Required<Destination> | undefined> {
  const card = await messages.get(incidentCardKey(incident));
  return card && { channel: card.channel, threadTs: card.ts };
}

/** The same, with the card posted first where it isn't there yet. Where Slack won't take it, the channel itself. */
export async function openIncidentThread(deps: Delivering, incident: Incident): Promise<Destination> {
  const found = await findIncidentThread(deps, incident.id);
  if (found) return found;
  const { incidents: channel } = (await deps.catalog.team()).channels;
  const message = await renderIncidentCard(deps, incident);
  const card = await deps.delivery.postOnce({ key: incidentCardKey(incident.id), channel, message });
  return card.kind === 'delivered' ? { channel: card.ref.channel, threadTs: card.ref.ts } : { channel };
}

/** A link to an incident's card: undefined while it isn't posted, '' where Slack gives none. Throws SlackUnavailable. */
export async function linkToIncident(
  deps: Known & Pick<Delivering, 'client'>,
  incident: string,
): Promise<string | undefined> {
  const thread = await findIncidentThread(deps, incident);
  if (thread === undefined) return undefined;
  const { channel, threadTs } = thread;
  const answer = await callSlack(() => deps.client.chat.getPermalink({ channel, message_ts: threadTs }));
  return isRefused(answer) ? '' : (answer.permalink ?? '');
}
