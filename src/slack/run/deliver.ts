import { titleOfPlan } from '../../domain/plan/title-of-plan.ts';
import { currentStep, hasEnded, hasStarted, type Run } from '../../domain/run/run.ts';
import { isUserGroup, type Team } from '../../domain/team/team.ts';
import { runMessage } from '../../engine/messages/run-message.ts';
import type { DeliveryResult } from '../../engine/reactions/delivery-result.ts';
import type { Workers } from '../../engine/reactions/jobs.ts';
import { type RunNoticeName, type RunPlace, runNotice } from '../../engine/reactions/notices.ts';
import type { RunMessage } from '../../engine/reactions/run-message-data.ts';
import { loadIncident } from '../../engine/streams/incidents.ts';
import { loadRun } from '../../engine/streams/runs.ts';
import { permalinkOf } from '../connection/read-message.ts';
import type { CardPace } from '../delivery/card-pace.ts';
import type { Delivering, Destination } from '../delivery/delivering.ts';
import { openIncidentThread } from '../incident/thread.ts';
import { type Message, section } from '../kit/block-kit.ts';
import { message, textMessage } from '../kit/message.ts';
import { approvalCard } from './approval/card.ts';
import { runCard } from './card.ts';
import { type RunCard, runCardKey } from './card-key.ts';
import { peopleNeeded } from './people-needed.ts';
import { answerButtons } from './step-attention.ts';
import { canAllBeAsked } from './who-is-asked.ts';

const TAIL_LINES = 8;
const DELIVERED: DeliveryResult = { kind: 'delivered' };

type Deliverers = Pick<Workers<'delivery', DeliveryResult>, 'card' | 'notice' | 'output-file'>;

/** Puts before people what follows for a run. Doing it twice shows it once; throws SlackUnavailable. */
export function runDelivery(deps: Delivering, pace: CardPace): Deliverers {
  return {
    card: ({ run: id, card }) =>
      withRun(deps, id, ({ run, team }) => deliverCard(deps, { run, team, card, pace })),
    notice: ({ run: id, ...work }) => withRun(deps, id, (of) => deliverNotice(deps, { ...work, ...of })),
    'output-file': ({ run: id, ...work }) =>
      withRun(deps, id, (of) => deliverOutput(deps, { ...work, ...of })),
  };
}

/** The run as it stands, and the team of this moment. */
type OfRun = { readonly run: Run; readonly team: Team };

async function withRun(
  deps: Delivering,
  id: string,
  deliver: (of: OfRun) => Promise<DeliveryResult>,
): Promise<DeliveryResult> {
  const run = await loadRun(deps, id);
  return run === undefined ? DELIVERED : deliver({ run, team: await deps.catalog.team() });
}

async function deliverCard(
  deps: Delivering,
  { run, team, card, pace }: OfRun & { readonly card: RunCard; readonly pace: CardPace },
): Promise<DeliveryResult> {
  if (card === 'stakeholders') return deliverStakeholderCard(deps, { run, team, pace });
  if (card === 'run' && !hasStarted(run)) return DELIVERED;
  const key = runCardKey(run, card);
  const inMs = pace.waitMs(key);
  if (inMs > 0) return { kind: 'too-soon', inMs };
  const destination = card === 'run' ? await openThread(deps, run, team) : await openRoot(deps, run, team);
  const message =
    card === 'run' ? await renderRunCard(deps, run, team) : await renderApprovalCard(deps, run, team);
  await deps.delivery.reconcileCard({ key, ...destination, message });
  pace.edited(key, { isLast: run.endedAt !== null });
  return DELIVERED;
}

async function deliverNotice(
  deps: Delivering,
  { run, team, notice, event }: OfRun & { readonly notice: RunNoticeName; readonly event: string },
): Promise<DeliveryResult> {
  const { to, withAnswers } = runNotice(notice);
  const text = deps.render(notice, messageOf(deps, run, team));
  const said = message(text, [section(text), ...(withAnswers ? answerButtons(run) : [])]);
  for (const place of to(run)) {
    for (const { name, ...destination } of await destinationsOf(deps, run, team, place))
      await deps.delivery.postOnce({ key: `${event}:${notice}:${name}`, ...destination, message: said });
  }
  return DELIVERED;
}

/** The one post that stakeholders have of a rollback that belongs to no incident, where its severity tells them. */
async function deliverStakeholderCard(
  deps: Delivering,
  { run, team, pace }: OfRun & { readonly pace: CardPace },
): Promise<DeliveryResult> {
  const key = runCardKey(run, 'stakeholders');
  const channel = team.channels.stakeholders;
  const isTold = run.incident === null && (team.severities[run.plan.severity]?.updates.stakeholders ?? false);
  const isWanted = hasStarted(run) && (isTold || (await deps.messages.get(key)) !== undefined);
  if (channel === undefined || !isWanted) return DELIVERED;
  const inMs = pace.waitMs(key);
  if (inMs > 0) return { kind: 'too-soon', inMs };
  const template = hasEnded(run) ? 'rollback-outcome' : 'rollback-notification';
  const message = textMessage(deps.render(template, messageOf(deps, run, team)));
  await deps.delivery.reconcileCard({ key, channel, message });
  pace.edited(key, { isLast: run.endedAt !== null });
  return DELIVERED;
}

async function deliverOutput(
  deps: Delivering,
  {
    run,
    team,
    event,
    step,
    attempt,
  }: OfRun & { readonly event: string; readonly step: string; readonly attempt: number },
): Promise<DeliveryResult> {
  const content = await deps.output.all({ run: run.id, step, attempt });
  if (content === '') return DELIVERED;
  const thread = await openThread(deps, run, team);
  const filename = `${run.id}-${step}-${attempt}.txt`;
  await deps.delivery.uploadFile({ key: `${event}:output`, ...thread, filename, content });
  return DELIVERED;
}

async function destinationsOf(
  deps: Delivering,
  run: Run,
  team: Team,
  place: RunPlace,
): Promise<readonly (Destination & { readonly name: string })[]> {
  if (place === 'thread') return [{ name: place, ...(await openThread(deps, run, team)) }];
  if (place === 'seniors') {
    const by = run.glass?.by;
    return directly(peopleNeeded(run, team).seniors.filter((id) => by?.kind !== 'user' || by.id !== id));
  }
  if (place === 'raised') {
    if (await canAllBeAsked(deps, team, run.raised?.roles ?? [])) return [];
    return [{ name: place, ...(await openThread(deps, run, team)) }];
  }
  const channel = team.channels[place];
  return channel === undefined ? [] : [{ name: place, channel }];
}

/** Messages to people themselves; nothing can be sent to a user group, which is mentioned instead. */
const directly = (ids: readonly string[]) =>
  ids.filter((id) => !isUserGroup(id)).map((id) => ({ name: `seniors:${id}`, channel: id }));

/** Where everything about a run is said: its own thread, else the one under its approval card, which is posted first. */
async function openThread(deps: Delivering, run: Run, team: Team): Promise<Destination> {
  const root = await openRoot(deps, run, team);
  if (root.threadTs !== undefined) return root;
  const message = await renderApprovalCard(deps, run, team);
  const card = await deps.delivery.reconcileCard({ key: runCardKey(run, 'approval'), ...root, message });
  return card.kind === 'delivered' ? { channel: card.ref.channel, threadTs: card.ref.ts } : root;
}

/** Where its approval card stands: the thread it was asked in, its incident's, which is opened first, or the channel. */
async function openRoot(deps: Delivering, run: Run, team: Team): Promise<Destination> {
  if (run.thread !== null) return { channel: run.thread.channel, threadTs: run.thread.ts };
  const incident = run.incident === null ? undefined : await loadIncident(deps, run.incident);
  return incident === undefined ? { channel: team.channels.incidents } : openIncidentThread(deps, incident);
}

async function renderApprovalCard(deps: Delivering, run: Run, team: Team): Promise<Message> {
  const own = await deps.messages.get(runCardKey(run, 'run'));
  const text = deps.render('approval-request', messageOf(deps, run, team));
  return approvalCard(run, {
    serviceTitle: titleOfPlan(run.plan, team),
    mayApprove: peopleNeeded(run, team).mayApprove,
    link: own === undefined ? '' : await permalinkOf(deps.client, own),
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
  return runCard(run, { serviceTitle: titleOfPlan(run.plan, team), now: deps.clock.now(), tail });
}

export const messageOf = (deps: Delivering, run: Run, team: Team): RunMessage =>
  runMessage(
    run,
    { serviceTitle: titleOfPlan(run.plan, team), people: peopleNeeded(run, team) },
    deps.clock.now(),
  );
