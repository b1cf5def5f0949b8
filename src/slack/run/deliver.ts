import { currentStep, hasStarted, type Run } from '../../domain/run/run.ts';
import { isUserGroup, type Team } from '../../domain/team/team.ts';
import { runMessage } from '../../engine/messages/run-message.ts';
import type { DeliveryResult } from '../../engine/reactions/delivery-result.ts';
import type { FollowOn, NoticeName } from '../../engine/reactions/follow-on.ts';
import type { RunMessage } from '../../engine/reactions/message-data.ts';
import { loadRun } from '../../engine/streams/runs.ts';
import type { CardPace } from '../delivery/card-pace.ts';
import type { Delivering, Destination } from '../delivery/delivering.ts';
import { incidentThread } from '../incident/thread.ts';
import type { Message } from '../kit/block-kit.ts';
import { textMessage } from '../kit/message.ts';
import { approvalCard } from './approval-card.ts';
import { runCard } from './card.ts';
import { peopleNeeded } from './people-needed.ts';

const TAIL_LINES = 8;

/** Seniors: those who may break the glass, each told directly. */
type Place = 'thread' | 'incidents' | 'stakeholders' | 'deployments' | 'seniors';

/** Who hears of what. */
const PLACES: { readonly [Notice in NoticeName]: (run: Run) => readonly Place[] } = {
  'approval-needed-again': () => ['thread'],
  'approval-raised': () => ['thread'],
  'glass-broken': () => ['thread', 'incidents', 'seniors'],
  'rollback-started': () => ['thread'],
  'rollback-notification': () => ['stakeholders'],
  'step-needs-person': () => ['thread'],
  'rollback-completed': () => ['thread', 'deployments'],
  'rollback-ended': () => ['thread'],
  // Whoever was not told that it began need not be told that it is over.
  'rollback-outcome': (run) => (hasStarted(run) ? ['stakeholders'] : []),
};

type RunWork = Extract<FollowOn, { readonly run: string }>;

/** Puts before people what follows for a run. Doing it twice shows it once; throws SlackUnavailable. */
export const createRunDelivery =
  (deps: Delivering, pace: CardPace) =>
  async (work: RunWork): Promise<DeliveryResult> => {
    const run = await loadRun(deps, work.run);
    if (run === undefined) return { kind: 'delivered' };
    const team = await deps.catalog.team();
    switch (work.kind) {
      case 'card':
        return deliverCard(deps, { run, team, card: work.card, pace });
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

async function deliverCard(
  deps: Delivering,
  {
    run,
    team,
    card,
    pace,
  }: {
    readonly run: Run;
    readonly team: Team;
    readonly card: 'approval' | 'run';
    readonly pace: CardPace;
  },
): Promise<DeliveryResult> {
  if (card === 'run' && !hasStarted(run)) return { kind: 'delivered' };
  const key = runCardKey(run, card);
  const inMs = pace.waitMs(key);
  if (inMs > 0) return { kind: 'too-soon', inMs };
  const destination = card === 'run' ? await threadOf(deps, run, team) : await rootOf(deps, run, team);
  const message = card === 'run' ? await renderRunCard(deps, run, team) : renderApprovalCard(deps, run, team);
  await deps.delivery.reconcileCard({ key, ...destination, message });
  pace.edited(key, { isLast: run.endedAt !== null });
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
    for (const { name, ...destination } of await destinationsOf(deps, run, team, place))
      await deps.delivery.postOnce({ key: `${event}:${notice}:${name}`, ...destination, message });
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

async function destinationsOf(
  deps: Delivering,
  run: Run,
  team: Team,
  place: Place,
): Promise<readonly (Destination & { readonly name: string })[]> {
  if (place === 'thread') return [{ name: place, ...(await threadOf(deps, run, team)) }];
  if (place === 'seniors') return directly(peopleNeeded(run, team).seniors);
  const channel = team.channels[place];
  return channel === undefined ? [] : [{ name: place, channel }];
}

/** Messages to people themselves; nothing can be sent to a user group, which is mentioned instead. */
const directly = (ids: readonly string[]) =>
  ids.filter((id) => !isUserGroup(id)).map((id) => ({ name: `seniors:${id}`, channel: id }));

/** Where everything about a run is said: its own thread, else the one under its approval card. */
async function threadOf(deps: Delivering, run: Run, team: Team): Promise<Destination> {
  const root = await rootOf(deps, run, team);
  if (root.threadTs !== undefined) return root;
  const message = renderApprovalCard(deps, run, team);
  const card = await deps.delivery.reconcileCard({ key: runCardKey(run, 'approval'), ...root, message });
  return card.kind === 'delivered' ? { channel: card.ref.channel, threadTs: card.ref.ts } : root;
}

/** Where its approval card stands: the thread it was asked in, the thread of its incident, or the channel. */
async function rootOf(deps: Delivering, run: Run, team: Team): Promise<Destination> {
  if (run.thread !== null) return { channel: run.thread.channel, threadTs: run.thread.ts };
  return run.incident === null ? { channel: team.channels.incidents } : incidentThread(deps, run.incident);
}

/** Under which a run's card is remembered. */
export const runCardKey = (run: Pick<Run, 'id'>, card: 'approval' | 'run'): string =>
  `${run.id}:card:${card}`;

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
