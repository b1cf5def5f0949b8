import { type Incident, isOver } from '../../domain/incident/incident.ts';
import { earlierAlike } from '../../domain/incident/similar.ts';
import type { Team } from '../../domain/team/team.ts';
import { incidentMessage, type NoticeContext } from '../../engine/messages/incident-message.ts';
import {
  type IncidentNoticeName,
  type IncidentPlace,
  incidentNotice,
} from '../../engine/reactions/notices.ts';
import { type IncidentMoment, incidentMoment } from '../../engine/streams/incident-moment.ts';
import { loadIncident } from '../../engine/streams/incidents.ts';
import type { Delivering, Destination } from '../delivery/delivering.ts';
import { section } from '../kit/block-kit.ts';
import { message } from '../kit/message.ts';
import { noticeButtons } from './notice-buttons.ts';
import { linkToIncident, openIncidentThread } from './thread.ts';

/** Of so many of the newest incidents one may be the same as another. */
const LOOKED_AT = 50;

type Notice = {
  readonly name: IncidentNoticeName;
  readonly moment: IncidentMoment;
  readonly team: Team;
  readonly context: NoticeContext;
  /** User ids of those in the role that is called in. */
  readonly calledIn: readonly string[];
};

/** A place with what the message's key calls it: the same key is posted once. */
type Post = Destination & { readonly as: string; readonly context: NoticeContext };

/** Posts a notice wherever its row in engine/reactions/notices.ts says, each once. */
export async function deliverIncidentNotice(
  deps: Delivering,
  work: { readonly notice: IncidentNoticeName; readonly incident: string; readonly event: string },
): Promise<void> {
  const moment = await incidentMoment(deps, work);
  if (moment === undefined) return;
  const { to, needsSimilar } = incidentNotice(work.notice);
  const other = await otherIncident(deps, moment, needsSimilar ?? false);
  if (needsSimilar && other === undefined) return;
  const team = await deps.catalog.team();
  const { people, groupsUnsure, users } = await calledIn(deps, moment, team);
  const context = { team, people, groupsUnsure, direct: false, link: '', other };
  const notice: Notice = { name: work.notice, moment, team, context, calledIn: users };
  for (const place of to(moment)) {
    for (const post of await postsTo(deps, notice, place)) await deliver(deps, notice, place, post);
  }
}

async function deliver(
  deps: Delivering,
  { name, moment }: Notice,
  place: IncidentPlace,
  { as, context, ...destination }: Post,
): Promise<void> {
  const text = deps.render(name, incidentMessage(moment, context));
  const { buttons } = incidentNotice(name);
  const { incident } = moment;
  const isForAll = place === 'stakeholders';
  const blocks = isForAll || buttons === undefined ? [] : noticeButtons(buttons, { incident, ...context });
  await deps.delivery.postOnce({
    key: `${moment.event.id}:${name}:${as}`,
    ...destination,
    message: message(text, [section(text), ...blocks]),
  });
}

/** Where a place is for this incident: nowhere, once, or once for each person. */
async function postsTo(deps: Delivering, notice: Notice, place: IncidentPlace): Promise<readonly Post[]> {
  const { moment, team, context, calledIn: users } = notice;
  const { id } = moment.incident;
  const source = sourceOf(moment);
  switch (place) {
    case 'thread':
      return [{ as: place, context, ...(await openIncidentThread(deps, moment.incident)) }];
    case 'stakeholders': {
      const channel = team.channels.stakeholders;
      return channel === undefined ? [] : [{ as: place, context, channel }];
    }
    case 'people': {
      const direct = { ...context, direct: true, link: (await linkToIncident(deps, id)) ?? '' };
      return users.map((user) => ({ as: user, context: direct, channel: user }));
    }
    case 'source': {
      if (source === null) return [];
      const linked = { ...context, link: (await linkToIncident(deps, id)) ?? '' };
      return [{ as: place, context: linked, channel: source.channel, threadTs: source.ts }];
    }
  }
}

/** The message that it was declared or reported from. */
const sourceOf = ({ incident, event }: IncidentMoment): Incident['source'] =>
  event.type === 'incident.reported-again' ? event.payload.source : incident.source;

/** Who is behind the role that is called in: as walkback.yml names them, and whom to write to. */
async function calledIn({ people }: Delivering, { event }: IncidentMoment, team: Team) {
  if (event.type !== 'escalation.reached') return { people: [], groupsUnsure: false, users: [] };
  const { role } = event.payload;
  const { users, unsure } = await people.membersOf(team, role);
  const named = Object.hasOwn(team.roles, role) ? (team.roles[role] ?? []) : [];
  return { people: users.length === 0 && !unsure ? [] : named, groupsUnsure: unsure, users };
}

/** The one that this was merged into; or, where it is asked for, one that may be the same and goes on. */
async function otherIncident(
  deps: Delivering,
  { incident, event }: IncidentMoment,
  lookForSimilar: boolean,
): Promise<Incident | undefined> {
  if (event.type === 'incident.merged') return loadIncident(deps, event.payload.into);
  if (!lookForSimilar) return undefined;
  const now = await loadIncident(deps, incident.id);
  if (now === undefined || isOver(now)) return undefined;
  const ids = await deps.store.recent('incident', LOOKED_AT);
  const recent = await Promise.all(ids.map((id) => loadIncident(deps, id)));
  const found = recent.filter((one) => one !== undefined);
  return earlierAlike(incident, found, await deps.catalog.team())[0];
}
