import { type Incident, isOver } from '../../domain/incident/incident.ts';
import { similarIncidents } from '../../domain/incident/similar.ts';
import type { Team } from '../../domain/team/team.ts';
import { incidentMessage, type NoticeContext } from '../../engine/messages/incident-message.ts';
import type { DeliveryResult } from '../../engine/reactions/delivery-result.ts';
import type { FollowOn, IncidentNoticeName } from '../../engine/reactions/follow-on.ts';
import { type IncidentMoment, incidentMoment } from '../../engine/streams/incident-moment.ts';
import { loadIncident } from '../../engine/streams/incidents.ts';
import type { CardPace } from '../delivery/card-pace.ts';
import type { Delivering, Destination } from '../delivery/delivering.ts';
import { section } from '../kit/block-kit.ts';
import { message, textMessage } from '../kit/message.ts';
import { escapeText } from '../kit/text.ts';
import { noticeButtons } from './notice-buttons.ts';
import { inviteToIncident, openIncidentChannel } from './open-channel.ts';
import { renderIncidentCard } from './render-card.ts';
import { incidentCardKey, incidentThread, linkToIncident } from './thread.ts';

type IncidentWork = Extract<FollowOn, { readonly incident: string }>;
type Notice = {
  readonly name: IncidentNoticeName;
  readonly moment: IncidentMoment;
  readonly team: Team;
  readonly context: NoticeContext;
};

/** Of so many of the newest incidents one may be the same as another. */
const LOOKED_AT = 50;
const DELIVERED: DeliveryResult = { kind: 'delivered' };

/** Puts before people what follows for an incident. Doing it twice shows it once; throws SlackUnavailable. */
export const createIncidentDelivery =
  (deps: Delivering, pace: CardPace) =>
  async (work: IncidentWork): Promise<DeliveryResult> => {
    switch (work.kind) {
      case 'incident-card':
        return deliverCard(deps, pace, work.incident);
      case 'incident-notice':
        await deliverNotice(deps, work);
        return DELIVERED;
      case 'open-channel':
        await openIncidentChannel(deps, work.incident);
        return DELIVERED;
      default:
        throw new Error(`${work.kind} is not for Slack`);
    }
  };

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

async function deliverNotice(
  deps: Delivering,
  work: IncidentWork & { readonly kind: 'incident-notice' },
): Promise<void> {
  const moment = await incidentMoment(deps, work);
  if (moment === undefined) return;
  const team = await deps.catalog.team();
  const other = await otherIncident(deps, work.notice, moment);
  if (work.notice === 'possible-duplicate' && other === undefined) return;
  const { people, groupsUnsure, write } = await calledIn(deps, moment, team);
  const context = { team, people, groupsUnsure, direct: false, link: '', other };
  const notice: Notice = { name: work.notice, moment, team, context };
  if (work.notice !== 'stakeholder-update') {
    await post(deps, notice, 'thread', await incidentThread(deps, work.incident));
  }
  if (tellsStakeholders(notice)) {
    const channel = team.channels.stakeholders;
    if (channel !== undefined) await post(deps, notice, 'stakeholders', { channel });
  }
  if (work.notice === 'incident-declared') await pointBack(deps, moment.incident, work.event);
  if (work.notice === 'escalation') await writeTo(deps, notice, write);
}

async function post(
  deps: Delivering,
  { name, moment, context }: Notice,
  place: string,
  destination: Destination,
): Promise<void> {
  const text = deps.render(name, incidentMessage(moment, context));
  const { incident } = moment;
  const buttons = place === 'stakeholders' ? [] : noticeButtons(name, { incident, other: context.other });
  await deps.delivery.postOnce({
    key: `${moment.event.id}:${name}:${place}`,
    ...destination,
    message: message(text, [section(text), ...buttons]),
  });
}

/** Whoever was told that it began is told when it is over, whatever the severity became meanwhile. */
function tellsStakeholders({ name, moment }: Notice): boolean {
  if (name === 'all-clear') return moment.stakeholdersKnow;
  if (moment.event.type === 'severity.changed' && moment.stakeholdersKnow) return false;
  return name === 'stakeholder-update' && moment.incident.stakeholders;
}

/** Who is behind the role that is called in: as walkback.yml names them, and whom to write to. */
async function calledIn({ people }: Delivering, { event }: IncidentMoment, team: Team) {
  if (event.type !== 'escalation.reached') return { people: [], groupsUnsure: false, write: [] };
  const { role } = event.payload;
  const { users, unsure } = await people.membersOf(team, role);
  const named = Object.hasOwn(team.roles, role) ? (team.roles[role] ?? []) : [];
  return { people: users.length === 0 && !unsure ? [] : named, groupsUnsure: unsure, write: users };
}

async function writeTo(deps: Delivering, notice: Notice, users: readonly string[]): Promise<void> {
  const { incident } = notice.moment;
  const context = { ...notice.context, direct: true, link: await linkToIncident(deps, incident) };
  for (const user of users) await post(deps, { ...notice, context }, user, { channel: user });
  await inviteToIncident(deps, incident.id, users);
}

/** In the thread of the message that it was declared from: where it goes on. */
async function pointBack(deps: Delivering, incident: Incident, event: string): Promise<void> {
  if (incident.source === null) return;
  const { channel, ts } = incident.source;
  const link = await linkToIncident(deps, incident);
  const text = `:rotating_light: *${escapeText(incident.id)}* was declared from this message. It goes on ${link === '' ? 'in the incidents channel' : `here: ${link}`}`;
  await deps.delivery.postOnce({
    key: `${event}:pointer`,
    channel,
    threadTs: ts,
    message: textMessage(text),
  });
}

async function otherIncident(
  deps: Delivering,
  notice: IncidentNoticeName,
  { incident, event }: IncidentMoment,
): Promise<Incident | undefined> {
  if (event.type === 'incident.merged') return loadIncident(deps, event.payload.into);
  if (notice !== 'possible-duplicate') return undefined;
  const now = await loadIncident(deps, incident.id);
  if (now === undefined || isOver(now)) return undefined;
  const ids = await deps.store.recent('incident', LOOKED_AT);
  const recent = await Promise.all(ids.map((id) => loadIncident(deps, id)));
  return similarIncidents(
    incident,
    recent.filter((found) => found !== undefined),
  )[0];
}
