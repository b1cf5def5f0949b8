import { incidentMessage } from '../../engine/messages/incident-message.ts';
import { type IncidentMoment, presentMoment } from '../../engine/streams/incident-moment.ts';
import { loadIncident } from '../../engine/streams/incidents.ts';
import { permalinkOf } from '../connection/read-message.ts';
import type { Delivering, Destination } from '../delivery/delivering.ts';
import type { Message } from '../kit/block-kit.ts';
import { textMessage } from '../kit/message.ts';

/** The one post that stakeholders have of an incident: where it is to be, and what it is to say now. */
export type StakeholderPost = { readonly key: string; readonly channel: string; readonly message: Message };

export const stakeholderPostKey = (incident: string): string => `${incident}:card:stakeholders`;

/** Undefined where stakeholders were never to be told of it, or have no channel. */
export async function stakeholderPost(deps: Delivering, id: string): Promise<StakeholderPost | undefined> {
  const team = await deps.catalog.team();
  const channel = team.channels.stakeholders;
  const moment = await presentMoment(deps, id);
  if (channel === undefined || moment === undefined) return undefined;
  if (!moment.stakeholdersKnow && !moment.incident.stakeholders) return undefined;
  const context = { team, people: [], groupsUnsure: false, direct: false, ...(await goingOn(deps, moment)) };
  const message = textMessage(deps.render('stakeholder-post', incidentMessage(moment, context)));
  return { key: stakeholderPostKey(id), channel, message };
}

/** The thread under it, which is posted first where it isn't there yet; undefined where there is none. */
export async function openStakeholderThread(deps: Delivering, id: string): Promise<Destination | undefined> {
  const known = await deps.messages.get(stakeholderPostKey(id));
  if (known !== undefined) return { channel: known.channel, threadTs: known.ts };
  const post = await stakeholderPost(deps, id);
  const posted = post && (await deps.delivery.postOnce(post));
  return posted?.kind === 'delivered' ? { channel: posted.ref.channel, threadTs: posted.ref.ts } : undefined;
}

/** Where stakeholders go on reading about an incident that was merged into another. */
export async function goingOn(deps: Delivering, { incident: { mergedInto } }: IncidentMoment) {
  const known = mergedInto === null ? undefined : await deps.messages.get(stakeholderPostKey(mergedInto));
  const other = mergedInto === null ? undefined : await loadIncident(deps, mergedInto);
  if (known === undefined) return { other, goesOn: false, link: '' };
  return { other, goesOn: true, link: await permalinkOf(deps.client, known) };
}
