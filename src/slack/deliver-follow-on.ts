import { ConfigurationBroken } from '../domain/configuration-broken.ts';
import { currentStep, hasStarted, type Run } from '../domain/run.ts';
import type { Team } from '../domain/team.ts';
import { loadRun } from '../engine/change-run.ts';
import type { DeliveryResult } from '../engine/delivery-result.ts';
import type { FollowOn, NoticeName } from '../engine/follow-on.ts';
import type { RunMessage } from '../engine/message-data.ts';
import type { Catalog } from '../engine/ports/catalog.ts';
import type { Clock } from '../engine/ports/clock.ts';
import type { EventStore } from '../engine/ports/event-store.ts';
import { SlackUnavailable } from '../engine/ports/slack-unavailable.ts';
import type { StepOutput } from '../engine/ports/step-output.ts';
import type { Templates } from '../engine/ports/templates.ts';
import { runMessage } from '../engine/run-message.ts';
import type { Message } from './block-kit.ts';
import { approvalCard } from './cards/approval-card.ts';
import { runCard } from './cards/run-card.ts';
import type { SlackDelivery } from './delivery/slack-delivery.ts';
import { textMessage } from './message.ts';
import { peopleNeeded } from './people-needed.ts';

export type Delivering = {
  readonly store: EventStore;
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly output: StepOutput;
  readonly delivery: SlackDelivery;
  readonly render: Templates['render'];
};

const EDIT_EVERY_MS = 1_000;
const TAIL_LINES = 8;
/** Whoever edits walkback.yml may save it broken for a while. */
const BROKEN_CONFIGURATION_MS = 5_000;

type Place = 'thread' | 'stakeholders' | 'deployments';
type Destination = { readonly channel: string; readonly threadTs?: string };

/** Who hears of what. */
const PLACES: { readonly [Notice in NoticeName]: (run: Run) => readonly Place[] } = {
  'approval-needed-again': () => ['thread'],
  'rollback-started': () => ['thread'],
  'rollback-notification': () => ['stakeholders'],
  'step-needs-person': () => ['thread'],
  'rollback-completed': () => ['thread', 'deployments'],
  'rollback-ended': () => ['thread'],
  // Whoever was not told that it began need not be told that it is over.
  'rollback-outcome': (run) => (hasStarted(run) ? ['stakeholders'] : []),
};

/** Puts follow-on work before people in Slack, from the state as it is now. Doing it twice shows it once. */
export function createFollowOnDelivery(deps: Delivering): (work: FollowOn) => Promise<DeliveryResult> {
  const editedAt = new Map<string, number>();

  const deliver = async (work: FollowOn): Promise<DeliveryResult> => {
    const run = await loadRun(deps, work.run);
    if (run === undefined) return { kind: 'delivered' };
    const team = await deps.catalog.team();
    switch (work.kind) {
      case 'card':
        return deliverCard(deps, { run, team, card: work.card, editedAt });
      case 'notice':
        await deliverNotice(deps, { ...work, run, team });
        return { kind: 'delivered' };
      case 'output-file':
        await deliverOutput(deps, { ...work, run, team });
        return { kind: 'delivered' };
      default:
        throw new Error(`${work.kind} is not for Slack`);
    }
  };

  return async (work) => {
    try {
      return await deliver(work);
    } catch (error) {
      if (error instanceof SlackUnavailable)
        return { kind: 'unavailable', inMs: error.retryAfterMs, why: error.message };
      if (error instanceof ConfigurationBroken)
        return { kind: 'unavailable', inMs: BROKEN_CONFIGURATION_MS, why: error.message };
      throw error;
    }
  };
}

async function deliverCard(
  deps: Delivering,
  {
    run,
    team,
    card,
    editedAt,
  }: {
    readonly run: Run;
    readonly team: Team;
    readonly card: 'approval' | 'run';
    readonly editedAt: Map<string, number>;
  },
): Promise<DeliveryResult> {
  if (card === 'run' && !hasStarted(run)) return { kind: 'delivered' };
  const key = cardKey(run, card);
  const now = deps.clock.now();
  const inMs = (editedAt.get(key) ?? 0) + EDIT_EVERY_MS - now;
  if (inMs > 0) return { kind: 'too-soon', inMs };
  const destination = card === 'run' ? await threadOf(deps, run, team) : rootOf(run, team);
  const message = card === 'run' ? await renderRunCard(deps, run, team) : renderApprovalCard(deps, run, team);
  await deps.delivery.reconcileCard({ key, ...destination, message });
  if (run.endedAt === null) editedAt.set(key, now);
  else editedAt.delete(key);
  return { kind: 'delivered' };
}

async function deliverNotice(
  deps: Delivering,
  {
    run,
    team,
    notice,
    event,
  }: { readonly run: Run; readonly team: Team; readonly notice: NoticeName; readonly event: string },
): Promise<void> {
  const message = textMessage(deps.render(notice, messageOf(deps, run, team)));
  for (const place of PLACES[notice](run)) {
    const destination = await destinationOf(deps, run, team, place);
    if (destination)
      await deps.delivery.postOnce({ key: `${event}:${notice}:${place}`, ...destination, message });
  }
}

async function deliverOutput(
  deps: Delivering,
  {
    run,
    team,
    event,
    step,
    attempt,
  }: {
    readonly run: Run;
    readonly team: Team;
    readonly event: string;
    readonly step: string;
    readonly attempt: number;
  },
): Promise<void> {
  const content = await deps.output.all({ run: run.id, step, attempt });
  if (content === '') return;
  const thread = await threadOf(deps, run, team);
  const filename = `${run.id}-${step}-${attempt}.txt`;
  await deps.delivery.uploadFile({ key: `${event}:output`, ...thread, filename, content });
}

async function destinationOf(
  deps: Delivering,
  run: Run,
  team: Team,
  place: Place,
): Promise<Destination | undefined> {
  if (place === 'thread') return threadOf(deps, run, team);
  const channel = team.channels[place];
  return channel === undefined ? undefined : { channel };
}

/** Where everything about a run is said: the thread it was asked in, else the one under its approval card. */
async function threadOf(deps: Delivering, run: Run, team: Team): Promise<Destination> {
  if (run.thread !== null) return { channel: run.thread.channel, threadTs: run.thread.ts };
  const key = cardKey(run, 'approval');
  const card = await deps.delivery.reconcileCard({
    key,
    ...rootOf(run, team),
    message: renderApprovalCard(deps, run, team),
  });
  return card.kind === 'delivered' ? { channel: card.ref.channel, threadTs: card.ref.ts } : rootOf(run, team);
}

const rootOf = (run: Run, team: Team): Destination =>
  run.thread === null
    ? { channel: team.channels.incidents }
    : { channel: run.thread.channel, threadTs: run.thread.ts };

const cardKey = (run: Run, card: 'approval' | 'run'): string => `${run.id}:card:${card}`;

function renderApprovalCard(deps: Delivering, run: Run, team: Team): Message {
  const text = deps.render('approval-request', messageOf(deps, run, team));
  return approvalCard(run, {
    serviceTitle: titleOf(run, team),
    severityTitle: team.severities[run.plan.severity]?.title ?? '',
    mayApprove: peopleNeeded(run, team).mayApprove,
    now: deps.clock.now(),
    text,
  });
}

async function renderRunCard(deps: Delivering, run: Run, team: Team): Promise<Message> {
  const step = currentStep(run);
  const tail =
    step === undefined
      ? ''
      : await deps.output.tail({ run: run.id, step: step.plan.id, attempt: step.attempt }, TAIL_LINES);
  return runCard(run, { serviceTitle: titleOf(run, team), now: deps.clock.now(), tail });
}

const messageOf = (deps: Delivering, run: Run, team: Team): RunMessage =>
  runMessage(run, { serviceTitle: titleOf(run, team), people: peopleNeeded(run, team) }, deps.clock.now());

const titleOf = (run: Run, team: Team): string => team.services[run.plan.service]?.title ?? run.plan.service;
