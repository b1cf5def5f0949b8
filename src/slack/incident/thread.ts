import type { Incident } from '../../domain/incident/incident.ts';
import { loadIncident } from '../../engine/streams/incidents.ts';
import { callSlack, isRefused } from '../connection/slack-failure.ts';
import type { Delivering, Destination } from '../delivery/delivering.ts';
import { renderIncidentCard } from './render-card.ts';

type Threads = Pick<Delivering, 'store' | 'catalog' | 'clock' | 'people' | 'delivery' | 'client'>;

export const incidentCardKey = (incident: string): string => `${incident}:card:incident`;

/**
 * The thread under an incident's card, where everything about it is said; the card is posted first where it isn't
 * there yet. Where Slack won't take the card, or the incident isn't known, the channel itself.
 */
export async function incidentThread(deps: Threads, id: string): Promise<Destination> {
  const { incidents: channel } = (await deps.catalog.team()).channels;
  const incident = await loadIncident(deps, id);
  if (incident === undefined) return { channel };
  const message = await renderIncidentCard(deps, incident);
  const card = await deps.delivery.postOnce({ key: incidentCardKey(id), channel, message });
  return card.kind === 'delivered' ? { channel: card.ref.channel, threadTs: card.ref.ts } : { channel };
}

/** A link to an incident's card, or '' where Slack gives none. */
export async function linkToIncident(deps: Threads, { id }: Pick<Incident, 'id'>): Promise<string> {
  const { channel, threadTs } = await incidentThread(deps, id);
  if (threadTs === undefined) return '';
  const answer = await callSlack(() => deps.client.chat.getPermalink({ channel, message_ts: threadTs }));
  return isRefused(answer) ? '' : (answer.permalink ?? '');
}
