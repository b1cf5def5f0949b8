import { systemActor } from '../../domain/actor.ts';
import { channelName } from '../../domain/incident/channel-name.ts';
import type { IncidentEventBody } from '../../domain/incident/events.ts';
import { type Incident, isOver } from '../../domain/incident/incident.ts';
import type { Catalog } from '../ports/catalog.ts';
import { toIso } from '../ports/clock.ts';
import type { FollowOnQueue } from '../ports/follow-on-queue.ts';
import type { IncidentChannels } from '../ports/incident-channels.ts';
import type { PeopleDirectory } from '../ports/people-directory.ts';
import type { WorkOf } from '../reactions/jobs.ts';
import { changeIncident, type IncidentChanges, incidentEvents, loadIncident } from '../streams/incidents.ts';

export type KeepingChannels = IncidentChanges & {
  readonly catalog: Catalog;
  readonly people: PeopleDirectory;
  readonly channels: IncidentChannels;
  readonly queue: FollowOnQueue;
};

type ChannelWork = Omit<Extract<WorkOf<'incident'>, { readonly kind: 'channel' }>, 'kind' | 'at'>;

const NAMES_TRIED = 5;
/** The card is posted by the delivery: it is waited for, longer each time, half an hour in all; then it goes without. */
const CARD_TRIES = 40;
const CARD_WAIT_MS = 2_000;

/**
 * Brings an incident's own channel up to the present state: created, whoever was called in invited, topic and bookmark
 * set. May be repeated, one at a time. What is refused is put on the incident's record once, and it goes on without.
 */
export async function keepChannel(
  deps: KeepingChannels,
  { incident: id, role, user, tries }: ChannelWork,
): Promise<void> {
  const incident = await loadIncident(deps, id);
  if (incident === undefined || isOver(incident)) return;
  // Where there is none yet, whoever makes it invites all who were called in by then.
  if (role !== null || user !== undefined)
    return incident.channel === null ? undefined : join(deps, incident.channel, { id, role, user });
  if (incident.channel === null && !incident.ownChannel) return;
  const opened = incident.channel ?? (await create(deps, incident));
  if (typeof opened !== 'string') return tellOnce(deps, id, [`a channel (${opened.code})`]);
  const invited = await invite(deps, opened, await peopleOf(deps, id));
  const link = await deps.channels.linkToCard(id);
  if (link === undefined && tries < CARD_TRIES) return lookAgain(deps, id, tries + 1);
  await tellOnce(deps, id, [
    ...invited,
    ...refused(
      'a topic of its channel',
      await deps.channels.setTopic(opened, { incident, link: link ?? '' }),
    ),
    ...refused('a bookmark in its channel', await bookmark(deps, opened, incident, link)),
  ]);
}

/** Only who is called in now: whoever has left it is not pulled back. */
async function join(
  deps: KeepingChannels,
  channel: string,
  { id, role, user }: { readonly id: string } & Pick<ChannelWork, 'role' | 'user'>,
): Promise<void> {
  const users = role === null ? [] : (await deps.people.membersOf(await deps.catalog.team(), role)).users;
  await tellOnce(deps, id, await invite(deps, channel, user === undefined ? users : [...users, user]));
}

/** Its id, noted before anything else; or the code of the refusal. One that Slack made but didn't tell us of is left. */
async function create(
  deps: KeepingChannels,
  incident: Incident,
): Promise<string | { readonly code: string }> {
  for (let number = 1; number <= NAMES_TRIED; number += 1) {
    const answer = await deps.channels.create(`${channelName(incident)}${number === 1 ? '' : `-${number}`}`);
    if (answer.kind === 'refused') return answer;
    if (answer.kind === 'name-taken') continue;
    await append(deps, incident.id, { type: 'channel.opened', payload: { channel: answer.channel } });
    return answer.channel;
  }
  return { code: 'name_taken' };
}

/** Who declared it, who is in command, and who was called in by now: creating a channel may have taken its time. */
async function peopleOf(deps: KeepingChannels, id: string): Promise<readonly string[]> {
  const incident = await loadIncident(deps, id);
  if (incident === undefined) return [];
  const team = await deps.catalog.team();
  const reached = incident.ladder.filter(({ reachedAt }) => reachedAt !== null);
  const members = await Promise.all(reached.map(({ role }) => deps.people.membersOf(team, role)));
  const { declaredBy, reports, roles } = incident;
  return [
    ...[declaredBy, ...reports.map(({ by }) => by)].flatMap((by) => (by.kind === 'user' ? [by.id] : [])),
    ...(roles.commander === null ? [] : [roles.commander]),
    ...members.flatMap(({ users }) => users),
  ];
}

async function invite(
  { channels }: KeepingChannels,
  channel: string,
  people: readonly string[],
): Promise<readonly string[]> {
  const users = [...new Set(people)];
  return users.length === 0
    ? []
    : refused('people invited to its channel', await channels.invite(channel, users));
}

const bookmark = async (
  { channels }: KeepingChannels,
  channel: string,
  { id }: Incident,
  link: string | undefined,
): Promise<string | undefined> =>
  link === undefined || link === ''
    ? 'no link to the card'
    : channels.setBookmark(channel, { title: `${id}: the card`, link });

const refused = (what: string, code: string | undefined): readonly string[] =>
  code === undefined ? [] : [`${what} (${code})`];

async function lookAgain({ queue, clock }: KeepingChannels, incident: string, tries: number): Promise<void> {
  const at = toIso(clock.now() + CARD_WAIT_MS * tries);
  await queue.add({ kind: 'channel', incident, role: null, tries, at }, `${incident}-channel`);
}

async function tellOnce(deps: KeepingChannels, id: string, what: readonly string[]): Promise<void> {
  if (what.length === 0) return;
  const told = (await incidentEvents(deps, id)).some(({ type }) => type === 'channel.incomplete');
  if (!told) await append(deps, id, { type: 'channel.incomplete', payload: { what: [...what] } });
}

async function append(deps: KeepingChannels, incident: string, event: IncidentEventBody): Promise<void> {
  await changeIncident(deps, {
    incident,
    actor: systemActor('slack'),
    decide: () => ({ kind: 'accepted', events: [event] }),
  });
}
