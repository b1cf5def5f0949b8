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

export type OpeningChannels = IncidentChanges & {
  readonly catalog: Catalog;
  readonly people: PeopleDirectory;
  readonly channels: IncidentChannels;
  readonly queue: FollowOnQueue;
};

const NAMES_TRIED = 5;
/** The card is posted by the delivery; so long it is waited for, then the channel goes without a link to it. */
const CARD_TRIES = 30;
const CARD_WAIT_MS = 2_000;

/**
 * Gives an incident a channel of its own: created, people invited, topic and bookmark set. May be repeated; a channel
 * that is there is only completed. What is refused is put on the incident's record once, and it goes on without.
 */
export async function openIncidentChannel(
  deps: OpeningChannels,
  { incident: id, tries }: Pick<Extract<WorkOf<'incident'>, { kind: 'open-channel' }>, 'incident' | 'tries'>,
): Promise<void> {
  const incident = await loadIncident(deps, id);
  if (incident === undefined || !incident.ownChannel || isOver(incident)) return;
  const opened = incident.channel ?? (await create(deps, incident));
  if (typeof opened !== 'string') return tellOnce(deps, id, [`a channel (${opened.code})`]);
  const invited = await invite(deps, opened, await peopleOf(deps, incident));
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

/** Has the people of a role that is called in join the incident's own channel, where it has one. */
export async function inviteToChannel(
  deps: OpeningChannels,
  { incident: id, role }: { readonly incident: string; readonly role: string },
): Promise<void> {
  const channel = (await loadIncident(deps, id))?.channel;
  if (channel === null || channel === undefined) return;
  const { users } = await deps.people.membersOf(await deps.catalog.team(), role);
  await tellOnce(deps, id, await invite(deps, channel, users));
}

/** Its id, noted before anything else so that a crash leaves no second one behind; or the code of the refusal. */
async function create(
  deps: OpeningChannels,
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

/** Who declared it, who is in command, and who was called in. */
async function peopleOf(
  { catalog, people }: OpeningChannels,
  incident: Incident,
): Promise<readonly string[]> {
  const team = await catalog.team();
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
  { channels }: OpeningChannels,
  channel: string,
  people: readonly string[],
): Promise<readonly string[]> {
  const users = [...new Set(people)];
  return users.length === 0
    ? []
    : refused('people invited to its channel', await channels.invite(channel, users));
}

const bookmark = async (
  { channels }: OpeningChannels,
  channel: string,
  { id }: Incident,
  link: string | undefined,
): Promise<string | undefined> =>
  link === undefined || link === ''
    ? 'no link to the card'
    : channels.setBookmark(channel, { title: `${id}: the card`, link });

const refused = (what: string, code: string | undefined): readonly string[] =>
  code === undefined ? [] : [`${what} (${code})`];

async function lookAgain({ queue, clock }: OpeningChannels, incident: string, tries: number): Promise<void> {
  const at = toIso(clock.now() + CARD_WAIT_MS);
  await queue.add({ kind: 'open-channel', incident, tries, at }, `${incident}-channel`);
}

async function tellOnce(deps: OpeningChannels, id: string, what: readonly string[]): Promise<void> {
  if (what.length === 0) return;
  const told = (await incidentEvents(deps, id)).some(({ type }) => type === 'channel.incomplete');
  if (!told) await append(deps, id, { type: 'channel.incomplete', payload: { what: [...what] } });
}

async function append(deps: OpeningChannels, incident: string, event: IncidentEventBody): Promise<void> {
  await changeIncident(deps, {
    incident,
    actor: systemActor('slack'),
    decide: () => ({ kind: 'accepted', events: [event] }),
  });
}
