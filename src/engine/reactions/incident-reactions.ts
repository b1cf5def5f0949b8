import type { IncidentEvent, IncidentEventType } from '../../domain/incident/events.ts';
import type { FollowOn } from './jobs.ts';
import type { IncidentNoticeName } from './notices.ts';

type IncidentReaction<Type extends IncidentEventType> = (
  event: IncidentEvent & { readonly type: Type },
) => readonly FollowOn[];

/** What follows from each event of an incident. Order matters: cards come before what is said under them. */
const incidentReactions: { readonly [Type in IncidentEventType]: IncidentReaction<Type> } = {
  'incident.declared': (event) => [
    ...(event.payload.commander === null ? [] : [incidentNotice('role-given', event)]),
    ...(event.payload.source === null ? [] : [incidentNotice('declared-from-here', event)]),
    incidentNotice('possible-duplicate', event),
    lookAtDeployed(event),
    { kind: 'adopt-runs', incident: event.stream },
    ...(event.payload.schedule.ownChannel ? [channelOf(event)] : []),
  ],
  'incident.reported-again': (event) => [
    incidentNotice('reported-again', event),
    ...(event.payload.source === null ? [] : [incidentNotice('reported-from-here', event)]),
    lookAtDeployed(event),
    { kind: 'adopt-runs', incident: event.stream },
    ...(event.actor.kind === 'user' ? [channelOf(event, null, event.actor.id)] : []),
  ],
  'incident.acknowledged': () => [],
  'incident.updated': (event) => [
    incidentNotice('incident-update', event),
    incidentNotice('stakeholder-update', event),
  ],
  'update.asked': (event) => [incidentNotice('update-asked', event)],
  'update.missed': (event) => [
    incidentNotice('incident-update', event),
    incidentNotice('stakeholder-update', event),
  ],
  'severity.changed': (event) => [
    incidentNotice('severity-changed', event),
    incidentNotice('stakeholder-update', event),
    { kind: 'restate-runs', incident: event.stream },
    lookAtDeployed(event),
    ...(event.payload.schedule.ownChannel ? [channelOf(event)] : []),
  ],
  'role.taken': (event) => [incidentNotice('role-given', event), incidentNotice('role-passed-on', event)],
  'roles.asked-again': (event) => [incidentNotice('roles-asked-again', event)],
  'response.overdue': (event) => [incidentNotice('response-overdue', event)],
  'escalation.reached': (event) => [
    incidentNotice('escalation', event),
    // Whoever is called in joins it, where there is one.
    channelOf(event, event.payload.role),
  ],
  'escalation.held': (event) => [incidentNotice('escalation-held', event)],
  'escalation.released': (event) => [incidentNotice('escalation-released', event)],
  // Told once it is known that what is to be rolled back is still there.
  'rollback.warned': (event) => [lookAtDeployed(event, event.id)],
  'rollback.held': (event) => [incidentNotice('rollback-held', event)],
  'rollback.released': (event) => [incidentNotice('rollback-released', event), lookAtDeployed(event)],
  // Nothing is said before it is known what comes of it, service by service: its run, why there is none, or no need.
  'rollback.triggered': (event) => [{ kind: 'trigger-rollback', incident: event.stream, event: event.id }],
  'deployed.noted': () => [],
  'deployed.moved': (event) => [incidentNotice('rollback-stood-down', event)],
  'rollback.stood-down': (event) => [incidentNotice('rollback-stood-down', event)],
  'rollback.blocked': (event) => [incidentNotice('rollback-blocked', event)],
  'decision.due': (event) => [incidentNotice('decision-due', event)],
  'run.linked': () => [],
  'run.began': () => [],
  'run.settled': (event) => [incidentNotice('stakeholder-update', event)],
  'rollback.verified': (event) => [incidentNotice('rollback-verified', event)],
  'rollback.unverified': () => [],
  'timeline.noted': () => [],
  'incident.merged': (event) => [
    incidentNotice('incident-merged', event),
    incidentNotice('stakeholder-update', event),
    { kind: 'absorb-incident', incident: event.stream, into: event.payload.into },
  ],
  'incident.absorbed': (event) => [
    incidentNotice('incident-absorbed', event),
    { kind: 'restate-runs', incident: event.stream },
    lookAtDeployed(event),
    { kind: 'adopt-runs', incident: event.stream },
  ],
  'incident.unmerged': (event) => [
    incidentNotice('incident-unmerged', event),
    incidentNotice('stakeholder-update', event),
  ],
  'channel.opened': () => [],
  'channel.incomplete': (event) => [incidentNotice('channel-incomplete', event)],
  'incident.resolved': (event) => [
    incidentNotice('all-clear', event),
    incidentNotice('stakeholder-update', event),
    { kind: 'restate-runs', incident: event.stream },
  ],
  'incident.reopened': (event) => [
    incidentNotice('incident-reopened', event),
    incidentNotice('stakeholder-update', event),
    lookAtDeployed(event),
    { kind: 'adopt-runs', incident: event.stream },
  ],
  'incident.closed': () => [],
  'press.refused': () => [],
};

/** Follow-on work of one event of an incident. After each the card is brought up to date and the timers are looked at. */
export function reactToIncident(event: IncidentEvent): readonly FollowOn[] {
  const react: (event: never) => readonly FollowOn[] = incidentReactions[event.type];
  const { stream: incident } = event;
  return [
    { kind: 'incident-card', incident },
    { kind: 'stakeholder-post', incident },
    ...react(event as never),
    { kind: 'incident-due', incident, at: null },
  ];
}

const channelOf = (event: IncidentEvent, role: string | null = null, user?: string): FollowOn => ({
  ...{ kind: 'channel', incident: event.stream, role, tries: 0, at: null },
  ...(user === undefined ? {} : { user }),
});
const lookAtDeployed = (event: IncidentEvent, warn: string | null = null): FollowOn => ({
  kind: 'look-at-deployed',
  incident: event.stream,
  warn,
  tries: 0,
  at: null,
});
const incidentNotice = (notice: IncidentNoticeName, event: IncidentEvent): FollowOn => ({
  kind: 'incident-notice',
  notice,
  incident: event.stream,
  event: event.id,
});
