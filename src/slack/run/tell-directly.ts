import { personActor } from '../../domain/actor.ts';
import { isRunEvent } from '../../domain/events.ts';
import type { RunEvent } from '../../domain/run/events.ts';
import { hasStarted, type Run } from '../../domain/run/run.ts';
import type { Team } from '../../domain/team/team.ts';
import type { DeliveryResult } from '../../engine/reactions/delivery-result.ts';
import type { Workers } from '../../engine/reactions/jobs.ts';
import { loadRun } from '../../engine/streams/runs.ts';
import { permalinkOf } from '../connection/read-message.ts';
import type { Delivering } from '../delivery/delivering.ts';
import { actions, button, type Message, section } from '../kit/block-kit.ts';
import { encodeButton } from '../kit/button-values.ts';
import { ACTION } from '../kit/ids.ts';
import { message, textMessage } from '../kit/message.ts';
import { runCardKey } from './card-key.ts';
import { messageOf } from './deliver.ts';
import { whoIsAsked, whoWasAsked } from './who-is-asked.ts';

const DELIVERED: DeliveryResult = { kind: 'delivered' };

/**
 * What people are told of a run directly: whoever may approve is asked, and sees later who decided; whoever asked for
 * it or approved it hears the end. Whom Slack can't reach is logged, and the others are told.
 */
export const tellingDirectly = (
  deps: Delivering,
): Pick<Workers<'delivery', DeliveryResult>, 'approval-asks' | 'run-over'> => ({
  'approval-asks': async ({ run: id }) => {
    const run = await loadRun(deps, id);
    if (run !== undefined) await askDirectly(deps, run, await deps.catalog.team());
    return DELIVERED;
  },
  'run-over': async ({ run: id, event: eventId }) => {
    const run = await loadRun(deps, id);
    const event = (await deps.store.read(id)).filter(isRunEvent).find((each) => each.id === eventId);
    if (run === undefined || event === undefined) return DELIVERED;
    const team = await deps.catalog.team();
    const over = textMessage(deps.render('run-over', await withLink(deps, run, team)));
    for (const user of whoHearsTheEnd(run, event))
      await deps.delivery.postOnce({ key: `${eventId}:run-over:${user}`, channel: user, message: over });
    return DELIVERED;
  },
});

async function askDirectly(deps: Delivering, run: Run, team: Team): Promise<void> {
  const asked = await whoIsAsked(deps, team, run, deps.clock.now());
  const data = await withLink(deps, run, team);
  const ask = askMessage(run, deps.render('approval-asked', data));
  for (const user of asked)
    await deps.delivery.reconcileCard({ key: askKey(run, user), channel: user, message: ask });
  const answered = textMessage(deps.render('approval-answered', data));
  const outdated = textMessage(deps.render('approval-answered', { ...data, older: true }));
  for (const user of await whoWasAsked(deps, team, run)) {
    if (!asked.includes(user))
      await editAsk(deps, { key: askKey(run, user), channel: user, message: answered });
    for (let number = 1; number < run.planNumber; number += 1)
      await editAsk(deps, { key: askKey(run, user, number), channel: user, message: outdated });
  }
}

const askKey = (run: Run, user: string, plan = run.planNumber): string => `${run.id}:ask:${plan}:${user}`;

/** What was asked is not left with buttons that decide nothing; who was not asked is told nothing. */
async function editAsk(
  { messages, delivery }: Delivering,
  ask: { readonly key: string; readonly channel: string; readonly message: Message },
): Promise<void> {
  if ((await messages.get(ask.key)) !== undefined) await delivery.reconcileCard(ask);
}

function askMessage({ id, digest }: Run, text: string): Message {
  return message(text, [
    section(text),
    actions(
      button({
        ...{ action: ACTION.approve, text: 'Approve', style: 'primary' as const },
        value: encodeButton({ run: id, digest }),
      }),
      button({ action: ACTION.viewPlan, text: 'View plan', value: encodeButton({ run: id }) }),
    ),
  ]);
}

/** Who asked, who approved, who broke the glass or had the policy start it, but for whoever ended it at once by a press of their own. */
function whoHearsTheEnd(run: Run, { actor }: RunEvent): readonly string[] {
  const { requestedBy, approvals, glass, byPolicy, cancel } = run;
  const presser = byPolicy?.pressedBy ?? null;
  const concerned = [
    requestedBy,
    ...approvals.map(({ by }) => by),
    ...(glass === null ? [] : [glass.by]),
    ...(presser === null ? [] : [personActor({ id: presser })]),
  ];
  const pressed = [actor, ...(cancel === null || hasStarted(run) ? [] : [cancel.by])];
  const isBy = (id: string): boolean => pressed.some((by) => by.kind === 'user' && by.id === id);
  return [...new Set(concerned.flatMap((by) => (by.kind === 'user' && !isBy(by.id) ? [by.id] : [])))];
}

async function withLink(deps: Delivering, run: Run, team: Team) {
  const card = await deps.messages.get(runCardKey(run, 'approval'));
  const link = card === undefined ? '' : await permalinkOf(deps.client, card);
  return { ...messageOf(deps, run, team), link };
}
