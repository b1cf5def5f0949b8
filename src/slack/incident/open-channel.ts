import { systemActor } from '../../domain/actor.ts';
import type { IncidentEventBody } from '../../domain/incident/events.ts';
import { type Incident, isOver } from '../../domain/incident/incident.ts';
import type { Team } from '../../domain/team/team.ts';
import { changeIncident, incidentEvents, loadIncident } from '../../engine/streams/incidents.ts';
import { callSlack, isRefused, type Refused } from '../connection/slack-failure.ts';
import type { Delivering } from '../delivery/delivering.ts';
import { oneLine, truncate } from '../kit/text.ts';
import { linkToIncident } from './thread.ts';

const NAME = 60;
const TOPIC = 250;
const NAMES_TRIED = 5;

/**
 * Gives an incident a channel of its own: created, people invited, topic and bookmark set. May be repeated; a channel
 * that is there is only completed. What Slack refuses is put on the incident's record once, and it goes on without.
 */
export async function openIncidentChannel(deps: Delivering, id: string): Promise<void> {
  const incident = await loadIncident(deps, id);
  if (incident === undefined || !incident.ownChannel || isOver(incident)) return;
  const channel = incident.channel ?? (await create(deps, incident));
  if (typeof channel !== 'string') return tellOnce(deps, id, [`a channel (${channel.error})`]);
  const link = await linkToIncident(deps, incident);
  const refused = [
    await invite(deps, channel, await peopleOf(deps, incident)),
    await setTopic(deps, channel, { incident, link }),
    await setBookmark(deps, channel, { incident, link }),
  ];
  await tellOnce(deps, id, refused.flat());
}

/** Has people join the incident's own channel, where it has one. */
export async function inviteToIncident(
  deps: Delivering,
  id: string,
  users: readonly string[],
): Promise<void> {
  const channel = (await loadIncident(deps, id))?.channel;
  if (channel !== null && channel !== undefined) await tellOnce(deps, id, await invite(deps, channel, users));
}

/** Its id, noted before anything else so that a crash leaves no second one behind; or why Slack refused. */
async function create(deps: Delivering, incident: Incident): Promise<string | Refused> {
  for (let number = 1; ; number += 1) {
    const name = `${channelName(incident)}${number === 1 ? '' : `-${number}`}`;
    const answer = await callSlack(() => deps.client.conversations.create({ name }));
    if (!isRefused(answer)) {
      const channel = answer.channel?.id;
      if (channel === undefined) return { error: 'no channel in the answer' };
      await append(deps, incident.id, { type: 'channel.opened', payload: { channel } });
      return channel;
    }
    if (answer.error !== 'name_taken' || number === NAMES_TRIED) return answer;
  }
}

/** Such as inc-12-checkout-fails: small letters, digits and dashes, which Slack takes everywhere. */
const channelName = ({ id, title }: Incident): string =>
  `${id} ${title}`
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, NAME)
    .replace(/^-|-$/g, '');

/** Who declared it, who is in command, and who was called in. */
async function peopleOf({ catalog, people }: Delivering, incident: Incident): Promise<readonly string[]> {
  const team: Team = await catalog.team();
  const reached = incident.ladder.filter(({ reachedAt }) => reachedAt !== null);
  const members = await Promise.all(reached.map(({ role }) => people.membersOf(team, role)));
  const { declaredBy, roles } = incident;
  return [
    ...(declaredBy.kind === 'user' ? [declaredBy.id] : []),
    ...(roles.commander === null ? [] : [roles.commander]),
    ...members.flatMap(({ users }) => users),
  ];
}

async function invite(
  { client }: Delivering,
  channel: string,
  people: readonly string[],
): Promise<readonly string[]> {
  const users = [...new Set(people)].join(',');
  if (users === '') return [];
  const answer = await callSlack(() => client.conversations.invite({ channel, users, force: true }));
  return isRefused(answer) && answer.error !== 'already_in_channel'
    ? [`people invited to its channel (${answer.error})`]
    : [];
}

type Furnishing = { readonly incident: Incident; readonly link: string };

async function setTopic(
  { client }: Delivering,
  channel: string,
  { incident, link }: Furnishing,
): Promise<readonly string[]> {
  const topic = truncate(`${incident.severity} ${oneLine(incident.title, 100)} ${link}`.trim(), TOPIC);
  const answer = await callSlack(() => client.conversations.setTopic({ channel, topic }));
  return isRefused(answer) ? [`a topic of its channel (${answer.error})`] : [];
}

async function setBookmark(
  { client }: Delivering,
  channel: string,
  { incident, link }: Furnishing,
): Promise<readonly string[]> {
  if (link === '') return ['a bookmark in its channel (no link to the card)'];
  const present = await callSlack(() => client.bookmarks.list({ channel_id: channel }));
  if (!isRefused(present) && present.bookmarks?.some((bookmark) => bookmark.link === link)) return [];
  const title = `${incident.id}: the card`;
  const answer = isRefused(present)
    ? present
    : await callSlack(() => client.bookmarks.add({ channel_id: channel, type: 'link', title, link }));
  return isRefused(answer) ? [`a bookmark in its channel (${answer.error})`] : [];
}

async function tellOnce(deps: Delivering, id: string, what: readonly string[]): Promise<void> {
  if (what.length === 0) return;
  const told = (await incidentEvents(deps, id)).some(({ type }) => type === 'channel.incomplete');
  if (!told) await append(deps, id, { type: 'channel.incomplete', payload: { what: [...what] } });
}

async function append(deps: Delivering, incident: string, event: IncidentEventBody): Promise<void> {
  await changeIncident(deps, {
    incident,
    actor: systemActor('slack'),
    decide: () => ({ kind: 'accepted', events: [event] }),
  });
}
