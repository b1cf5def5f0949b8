import { byAggregate, type DomainEvent } from '../../domain/events.ts';
import type { IncidentEvent, IncidentEventType } from '../../domain/incident/events.ts';
import type { RunEvent, RunEventType } from '../../domain/run/events.ts';
import type { FollowOn } from './jobs.ts';
import type { IncidentNoticeName, RunNoticeName } from './notices.ts';

type Reaction<Type extends RunEventType> = (event: RunEvent & { readonly type: Type }) => readonly FollowOn[];

/** The whole process of the bot: what follows from each event. Order matters: cards come before what is said under them. */
const runReactions: { readonly [Type in RunEventType]: Reaction<Type> } = {
  'rollback.requested': (event) => [approvalCard(event), asks(event), ...expiryOf(event)],
  'plan.replaced': (event) => [
    approvalCard(event),
    runCard(event),
    asks(event),
    notice('approval-needed-again', event),
    ...expiryOf(event),
  ],

  'approval.granted': (event) => [approvalCard(event), asks(event)],
  'approval.refused': () => [],
  'approval.raised': (event) => [
    approvalCard(event),
    asks(event),
    notice('approval-raised', event),
    expiry(event, event.payload),
  ],
  'approval.denied': (event) => [approvalCard(event), notice('rollback-ended', event), ...over(event)],
  'approval.expired': (event) => [approvalCard(event), notice('rollback-ended', event), ...over(event)],
  'approval.by-policy': (event) => [approvalCard(event)],
  'glass.broken': (event) => [approvalCard(event), notice('glass-broken', event)],
  'run.joined': (event) => [approvalCard(event), runCard(event), stakeholderCard(event)],
  'run.deferred': (event) => [approvalCard(event), asks(event)],
  'run.queued': (event) => [drive(event), approvalCard(event), asks(event)],

  'start.hindered': (event) => [approvalCard(event), notice('start-needs-person', event)],
  'start.retried': (event) => [drive(event), approvalCard(event)],
  // The card that people approved on has the way to the run's own, once that stands.
  'run.started': (event) => [runCard(event), approvalCard(event), stakeholderCard(event)],
  'step.started': (event) => [runCard(event)],
  'step.finished': (event) =>
    event.payload.outcome === 'failed'
      ? [runCard(event), approvalCard(event), notice('step-needs-person', event), outputFile(event)]
      : [runCard(event)],
  'step.interrupted': (event) => [runCard(event), approvalCard(event), notice('step-needs-person', event)],
  'step.waiting': (event) =>
    event.payload.until === null
      ? [runCard(event), approvalCard(event), notice('step-needs-person', event)]
      : [runCard(event), { kind: 'wake', run: event.stream, at: event.payload.until }],
  'step.decided': (event) => [drive(event), runCard(event), approvalCard(event)],
  'cancel.requested': (event) => [drive(event), runCard(event), approvalCard(event)],

  'run.succeeded': (event) => [
    runCard(event),
    approvalCard(event),
    stakeholderCard(event),
    notice('rollback-completed', event),
    ...over(event),
  ],
  'run.failed': (event) => [
    runCard(event),
    approvalCard(event),
    stakeholderCard(event),
    notice('rollback-ended', event),
    ...over(event),
  ],
  'run.cancelled': (event) => [
    runCard(event),
    approvalCard(event),
    stakeholderCard(event),
    notice('rollback-ended', event),
    ...over(event),
  ],
};

/** What the incident that a run belongs to hears of: what it waits for, and what came of it. */
const TOLD_TO_INCIDENT: readonly RunEventType[] = [
  'rollback.requested',
  'run.joined',
  'plan.replaced',
  'approval.granted',
  'approval.raised',
  'approval.denied',
  'approval.expired',
  'run.deferred',
  'run.queued',
  'run.started',
  'step.finished',
  'step.interrupted',
  'step.waiting',
  'step.decided',
  'cancel.requested',
  'run.succeeded',
  'run.failed',
  'run.cancelled',
];

type IncidentReaction<Type extends IncidentEventType> = (
  event: IncidentEvent & { readonly type: Type },
) => readonly FollowOn[];

/** The same for incidents. After every event the card is brought up to date and the timers are looked at. */
const incidentReactions: { readonly [Type in IncidentEventType]: IncidentReaction<Type> } = {
  'incident.declared': (event) => [
    ...(event.payload.commander === null ? [] : [incidentNotice('role-given', event)]),
    ...(event.payload.source === null ? [] : [incidentNotice('declared-from-here', event)]),
    incidentNotice('possible-duplicate', event),
    lookAtDeployed(event),
    { kind: 'adopt-runs', incident: event.stream },
    ...(event.payload.schedule.ownChannel ? [channelOf(event)] : []),
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
  // Told once it is known that what is to be rolled back is still there.
  'rollback.warned': (event) => [lookAtDeployed(event, event.id)],
  'rollback.held': (event) => [incidentNotice('rollback-held', event)],
  // Nothing is said before it is known what comes of it, service by service: its run, why there is none, or no need.
  'rollback.triggered': (event) => [{ kind: 'trigger-rollback', incident: event.stream, event: event.id }],
  'deployed.noted': () => [],
  'deployed.moved': (event) => [incidentNotice('rollback-stood-down', event)],
  'rollback.stood-down': (event) => [incidentNotice('rollback-stood-down', event)],
  'rollback.blocked': (event) => [incidentNotice('rollback-blocked', event)],
  'decision.due': (event) => [incidentNotice('decision-due', event)],
  'run.linked': () => [],
  'run.settled': (event) => [incidentNotice('stakeholder-update', event)],
  'timeline.noted': () => [],
  'incident.merged': (event) => [
    incidentNotice('incident-merged', event),
    incidentNotice('stakeholder-update', event),
    { kind: 'absorb-incident', incident: event.stream, into: event.payload.into },
  ],
  'incident.absorbed': (event) => [
    incidentNotice('incident-absorbed', event),
    { kind: 'restate-runs', incident: event.stream },
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

/** Follow-on work of one event. */
export const reactTo = (event: DomainEvent): readonly FollowOn[] =>
  byAggregate(event, {
    run: reactToRun,
    incident: reactToIncident,
  });

function reactToRun(event: RunEvent): readonly FollowOn[] {
  const react: (event: never) => readonly FollowOn[] = runReactions[event.type];
  const goesOnByItself = event.type === 'step.finished' && event.payload.outcome !== 'failed';
  const told: readonly FollowOn[] =
    TOLD_TO_INCIDENT.includes(event.type) && !goesOnByItself
      ? [{ kind: 'tell-incident', run: event.stream }]
      : [];
  return [...react(event as never), ...told];
}

function reactToIncident(event: IncidentEvent): readonly FollowOn[] {
  const react: (event: never) => readonly FollowOn[] = incidentReactions[event.type];
  const { stream: incident } = event;
  return [
    { kind: 'incident-card', incident },
    { kind: 'stakeholder-post', incident },
    ...react(event as never),
    { kind: 'incident-due', incident, at: null },
  ];
}

const channelOf = (event: IncidentEvent, role: string | null = null): FollowOn => ({
  kind: 'channel',
  incident: event.stream,
  role,
  tries: 0,
  at: null,
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
const approvalCard = (event: RunEvent): FollowOn => ({ kind: 'card', card: 'approval', run: event.stream });
const runCard = (event: RunEvent): FollowOn => ({ kind: 'card', card: 'run', run: event.stream });
const stakeholderCard = (event: RunEvent): FollowOn => ({
  kind: 'card',
  card: 'stakeholders',
  run: event.stream,
});
const asks = (event: RunEvent): FollowOn => ({ kind: 'approval-asks', run: event.stream });
/** Whoever was asked, told or waits for it hears of the end. */
const over = (event: RunEvent): readonly FollowOn[] => [
  asks(event),
  { kind: 'run-over', run: event.stream, event: event.id },
];
const drive = (event: RunEvent): FollowOn => ({ kind: 'drive', run: event.stream });
const notice = (name: RunNoticeName, event: RunEvent): FollowOn => ({
  kind: 'notice',
  notice: name,
  run: event.stream,
  event: event.id,
});
const expiry = (
  { stream }: RunEvent,
  { digest, expiresAt }: { readonly digest: string; readonly expiresAt: string },
): FollowOn => ({ kind: 'expire', run: stream, digest, at: expiresAt });
/** What waits for the next deployment waits for nobody's approval. */
const expiryOf = (
  event: RunEvent & { readonly type: 'rollback.requested' | 'plan.replaced' },
): readonly FollowOn[] => (event.payload.plan.approval.nextDeployment ? [] : [expiry(event, event.payload)]);
const outputFile = (event: RunEvent & { readonly type: 'step.finished' }): FollowOn => ({
  kind: 'output-file',
  run: event.stream,
  event: event.id,
  step: event.payload.step,
  attempt: event.payload.attempt,
});
