import type { RunEvent, RunEventType } from '../../domain/run/events.ts';
import type { FollowOn } from './jobs.ts';
import type { RunNoticeName } from './notices.ts';

type Reaction<Type extends RunEventType> = (event: RunEvent & { readonly type: Type }) => readonly FollowOn[];

/** What follows from each event of a run. Order matters: cards come before what is said under them. */
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
  'start.hindered',
  'start.retried',
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

/** Follow-on work of one event of a run. */
export function reactToRun(event: RunEvent): readonly FollowOn[] {
  const react: (event: never) => readonly FollowOn[] = runReactions[event.type];
  const goesOnByItself = event.type === 'step.finished' && event.payload.outcome !== 'failed';
  const told: readonly FollowOn[] =
    TOLD_TO_INCIDENT.includes(event.type) && !goesOnByItself
      ? [{ kind: 'tell-incident', run: event.stream }]
      : [];
  return [...react(event as never), ...told];
}

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
