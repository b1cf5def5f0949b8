import type { DeliveryResult } from '../../engine/reactions/delivery-result.ts';
import type { Workers } from '../../engine/reactions/jobs.ts';
import { loadIncident } from '../../engine/streams/incidents.ts';
import type { CardPace } from '../delivery/card-pace.ts';
import type { Delivering } from '../delivery/delivering.ts';
import { deliverIncidentNotice } from './deliver-notice.ts';
import { renderIncidentCard } from './render-card.ts';
import { stakeholderPost, stakeholderPostKey } from './stakeholder-post.ts';
import { incidentCardKey } from './thread.ts';

type Deliverers = Pick<
  Workers<'delivery', DeliveryResult>,
  'incident-card' | 'incident-notice' | 'stakeholder-post'
>;

const DELIVERED: DeliveryResult = { kind: 'delivered' };

/** Puts before people what follows for an incident. Doing it twice shows it once; throws SlackUnavailable. */
export const incidentDelivery = (deps: Delivering, pace: CardPace): Deliverers => ({
  'incident-card': ({ incident }) => deliverCard(deps, pace, incident),
  'stakeholder-post': ({ incident }) => deliverStakeholderPost(deps, pace, incident),
  'incident-notice': async (work) => {
    await deliverIncidentNotice(deps, work);
    return DELIVERED;
  },
});

async function deliverCard(deps: Delivering, pace: CardPace, id: string): Promise<DeliveryResult> {
  const key = incidentCardKey(id);
  const inMs = pace.waitMs(key);
  if (inMs > 0) return { kind: 'too-soon', inMs };
  const incident = await loadIncident(deps, id);
  if (incident === undefined) return DELIVERED;
  const { incidents: channel } = (await deps.catalog.team()).channels;
  const card = await renderIncidentCard(deps, incident);
  await deps.delivery.reconcileCard({ key, channel, message: card });
  pace.edited(key, { isLast: incident.status === 'closed' });
  return DELIVERED;
}

async function deliverStakeholderPost(
  deps: Delivering,
  pace: CardPace,
  incident: string,
): Promise<DeliveryResult> {
  const inMs = pace.waitMs(stakeholderPostKey(incident));
  if (inMs > 0) return { kind: 'too-soon', inMs };
  const post = await stakeholderPost(deps, incident);
  if (post === undefined) return DELIVERED;
  await deps.delivery.reconcileCard(post);
  pace.edited(post.key, { isLast: false });
  return DELIVERED;
}
