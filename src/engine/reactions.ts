import type { RunEvent, RunEventType } from '../domain/run-events.ts';
import type { FollowOn, NoticeName } from './follow-on.ts';

type Reaction<Type extends RunEventType> = (event: RunEvent & { readonly type: Type }) => readonly FollowOn[];

/** The whole process of the bot: what follows from each event. Order matters: cards come before what is said under them. */
const reactions: { readonly [Type in RunEventType]: Reaction<Type> } = {
  'rollback.requested': (event) => [approvalCard(event), expiry(event)],
  'plan.replaced': (event) => [
    approvalCard(event),
    runCard(event),
    notice('approval-needed-again', event),
    expiry(event),
  ],

  'approval.granted': (event) => [approvalCard(event)],
  'approval.refused': () => [],
  'approval.denied': (event) => [approvalCard(event), notice('rollback-ended', event)],
  'approval.expired': (event) => [approvalCard(event), notice('rollback-ended', event)],
  'run.queued': (event) => [drive(event), approvalCard(event)],

  'run.started': (event) => [
    approvalCard(event),
    runCard(event),
    notice('rollback-started', event),
    notice('rollback-notification', event),
  ],
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
    notice('rollback-completed', event),
    notice('rollback-outcome', event),
  ],
  'run.failed': (event) => [
    runCard(event),
    approvalCard(event),
    notice('rollback-ended', event),
    notice('rollback-outcome', event),
  ],
  'run.cancelled': (event) => [
    runCard(event),
    approvalCard(event),
    notice('rollback-ended', event),
    notice('rollback-outcome', event),
  ],
};

/** Follow-on work of one event. */
export function reactTo(event: RunEvent): readonly FollowOn[] {
  const react: (event: never) => readonly FollowOn[] = reactions[event.type];
  return react(event as never);
}

const approvalCard = (event: RunEvent): FollowOn => ({ kind: 'card', card: 'approval', run: event.stream });
const runCard = (event: RunEvent): FollowOn => ({ kind: 'card', card: 'run', run: event.stream });
const drive = (event: RunEvent): FollowOn => ({ kind: 'drive', run: event.stream });
const notice = (name: NoticeName, event: RunEvent): FollowOn => ({
  kind: 'notice',
  notice: name,
  run: event.stream,
  event: event.id,
});
const expiry = (event: RunEvent & { readonly type: 'rollback.requested' | 'plan.replaced' }): FollowOn => ({
  kind: 'expire',
  run: event.stream,
  digest: event.payload.digest,
  at: event.payload.expiresAt,
});
const outputFile = (event: RunEvent & { readonly type: 'step.finished' }): FollowOn => ({
  kind: 'output-file',
  run: event.stream,
  event: event.id,
  step: event.payload.step,
  attempt: event.payload.attempt,
});
