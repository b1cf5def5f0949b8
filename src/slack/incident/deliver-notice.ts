import { type Incident, isOver } from '../../domain/incident/incident.ts';
import { earlierAlike } from '../../domain/incident/similar.ts';
import type { Team } from '../../domain/team/team.ts';
import { incidentMessage, type NoticeContext } from '../../engine/messages/incident-message.ts';
import {
  type IncidentNoticeName,
  type IncidentPlace,
  incidentNotice,
  type PeoplePlace,
} from '../../engine/reactions/notices.ts';
import { type IncidentMoment, incidentMoment } from '../../engine/streams/incident-moment.ts';
import { loadIncident } from '../../engine/streams/incidents.ts';
import type { Delivering, Destination } from '../delivery/delivering.ts';
import { section } from '../kit/block-kit.ts';
import { message } from '../kit/message.ts';
import { noticeButtons } from './notice-buttons.ts';
import { peopleTold } from './people-told.ts';
import { goingOn, openStakeholderThread } from './stakeholder-post.ts';
import { linkToIncident, openIncidentThread } from './thread.ts';

/** Of so many of the newest incidents one may be the same as another. */
const LOOKED_AT = 50;

type Notice = {
  readonly name: IncidentNoticeName;
  readonly moment: IncidentMoment;
  readonly team: Team;
  readonly context: NoticeContext;
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
  const unknown = { people: [], groupsUnsure: false, direct: false, link: '', goesOn: false };
  const notice: Notice = { name: work.notice, moment, team, context: { team, ...unknown, other } };
  for (const place of to(moment)) await tellAt(deps, notice, place);
}

async function tellAt(deps: Delivering, notice: Notice, place: IncidentPlace): Promise<void> {
  const { moment, context } = notice;
  const { id } = moment.incident;
  const source = sourceOf(moment);
  switch (place) {
    case 'thread':
      await tellThread(deps, notice);
      return;
    case 'stakeholders': {
      const thread = await openStakeholderThread(deps, id);
      const goes = { ...context, ...(await goingOn(deps, moment)) };
      if (thread !== undefined) await deliver(deps, notice, { as: place, context: goes, ...thread });
      return;
    }
    case 'source': {
      if (source === null) return;
      const linked = { ...context, link: await linkToWork(deps, moment) };
      await deliver(deps, notice, {
        as: place,
        context: linked,
        channel: source.channel,
        threadTs: source.ts,
      });
      return;
    }
    case 'channel':
      if (moment.incident.channel === null) return;
      await deliver(deps, notice, {
        as: place,
        context: { ...context, link: await linkToWork(deps, moment) },
        channel: moment.incident.channel,
      });
      return;
    default:
      await tellPeople(deps, notice, place);
  }
}

/** Where work on it goes on: its thread, or that of the one that it was merged into; '' while there is none. */
const linkToWork = async (deps: Delivering, { incident, event }: IncidentMoment): Promise<string> =>
  (await linkToIncident(deps, event.type === 'incident.merged' ? event.payload.into : incident.id)) ?? '';

/** The message that it was declared or reported from. */
const sourceOf = ({ incident, event }: IncidentMoment): Incident['source'] =>
  event.type === 'incident.reported-again' ? event.payload.source : incident.source;

/** Each of them directly. Where that reaches nobody, or there may be more of them, the thread says who is meant. */
async function tellPeople(deps: Delivering, notice: Notice, place: PeoplePlace): Promise<void> {
  const { moment, team } = notice;
  const { users, named, unsure, matters } = await peopleTold(deps, { place, moment, team });
  const context = { ...notice.context, people: named, groupsUnsure: unsure };
  const link = users.length === 0 ? '' : await linkToWork(deps, moment);
  let reached = 0;
  for (const user of users) {
    const direct = { as: user, context: { ...context, direct: true, link }, channel: user };
    if (await deliver(deps, notice, direct)) reached += 1;
  }
  if (unsure || (matters && reached === 0)) await tellThread(deps, { ...notice, context });
}

async function tellThread(deps: Delivering, notice: Notice): Promise<void> {
  const thread = await openIncidentThread(deps, notice.moment.incident);
  await deliver(deps, notice, { as: 'thread', context: notice.context, ...thread });
}

/** Whether Slack took it. */
async function deliver(
  deps: Delivering,
  { name, moment }: Notice,
  { as, context, ...destination }: Post,
): Promise<boolean> {
  const text = deps.render(name, incidentMessage(moment, context));
  const { buttons, editsSame } = incidentNotice(name);
  const { incident } = moment;
  const blocks =
    as === 'stakeholders' || buttons === undefined ? [] : noticeButtons(buttons, { incident, ...context });
  const item = {
    key: `${editsSame ? moment.said : moment.event.id}:${name}:${as}`,
    ...destination,
    message: message(text, [section(text), ...blocks]),
  };
  const { kind } = await (editsSame ? deps.delivery.reconcileCard(item) : deps.delivery.postOnce(item));
  return kind === 'delivered';
}

/** The one that this was merged into; or, where it is asked for, one that may be the same and goes on. */
async function otherIncident(
  deps: Delivering,
  { incident, event }: IncidentMoment,
  lookForSimilar: boolean,
): Promise<Incident | undefined> {
  if (event.type === 'incident.merged') return loadIncident(deps, event.payload.into);
  if (event.type === 'incident.unmerged') return loadIncident(deps, event.payload.from);
  if (!lookForSimilar) return undefined;
  const now = await loadIncident(deps, incident.id);
  if (now === undefined || isOver(now)) return undefined;
  const ids = await deps.store.recent('incident', LOOKED_AT);
  const recent = await Promise.all(ids.map((id) => loadIncident(deps, id)));
  const found = recent.filter((one) => one !== undefined);
  return earlierAlike(incident, found, await deps.catalog.team())[0];
}
