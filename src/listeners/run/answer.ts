import { holdsAny, type Person } from '../../domain/actor.ts';
import { currentStep, type Run } from '../../domain/run/run.ts';
import type { Team } from '../../domain/team/team.ts';
import { makePlan } from '../../engine/plan/make-plan.ts';
import { cancelRun, unlockService } from '../../engine/run/cancel.ts';
import { loadRun } from '../../engine/streams/runs.ts';
import type { Message } from '../../slack/kit/block-kit.ts';
import { textMessage } from '../../slack/kit/message.ts';
import { refusalText } from '../../slack/kit/refusal.ts';
import { planMessage } from '../../slack/plan/message.ts';
import { statusMessage } from '../../slack/run/card.ts';
import { helpMessage } from '../../slack/run/help.ts';
import { runListMessage } from '../../slack/run/list.ts';
import { explainRefusal } from '../door/explain-refusal.ts';
import type { Listening } from '../door/listening.ts';
import { type RollbackCommand, SHOWN_SEVERITY } from './parse-command.ts';

const LISTED_RUNS = 20;
const TAIL_LINES = 8;

/** Commands that are answered with a message; `open` needs a modal and is not among them. */
export type AnsweredCommand = Exclude<RollbackCommand, { kind: 'open' }>;

/** What a person is answered, for themselves alone, whether they typed `/rollback` or mentioned the bot. */
export async function answerCommand(
  listening: Listening,
  person: Person,
  command: AnsweredCommand,
  /** How they address the bot, so that they are told commands that work there. */
  typed = '/rollback',
): Promise<Message> {
  const team = await listening.catalog.team();
  switch (command.kind) {
    case 'help':
      return help(person, team, typed);
    case 'misused':
      return textMessage(`That needs a little more: \`${typed} ${command.usage}\``);
    case 'list':
      return list(listening);
    case 'status':
      return command.run === undefined ? list(listening) : status(listening, command.run);
    case 'plan':
      return plan(listening, command);
    case 'cancel': {
      const answer = await cancelRun(listening, { run: command.run, person, reason: command.reason });
      if (answer.kind === 'refused') return textMessage(explainRefusal(answer.refusal, { person, team }));
      return textMessage(cancelled(answer.run));
    }
    case 'unlock': {
      const answer = await unlockService(listening, { ...command, person });
      if (answer.kind === 'refused') return textMessage(explainRefusal(answer.refusal, { person, team }));
      return textMessage(
        `${answer.run.id} was ended; ${command.service} ${command.environment} is free again.`,
      );
    }
  }
}

function help(person: Person, team: Team, command: string): Message {
  const approving = Object.values(team.severities).flatMap((policy) => policy.approval.roles);
  const may = {
    request: holdsAny(person, team.permissions.request),
    approve: holdsAny(person, approving),
    decide: holdsAny(person, team.permissions.decide),
    unlock: holdsAny(person, team.permissions.unlock),
  };
  return helpMessage(may, { command });
}

async function list({ store, clock }: Listening): Promise<Message> {
  const ids = await store.recent('run', LISTED_RUNS);
  const runs = await Promise.all(ids.map((id) => loadRun({ store }, id)));
  return runListMessage(
    runs.filter((run) => run !== undefined),
    { now: clock.now() },
  );
}

async function status({ store, clock, catalog, output }: Listening, id: string): Promise<Message> {
  const run = await loadRun({ store }, id);
  if (run === undefined) return textMessage(refusalText({ reason: 'unknown-run', run: id }));
  const step = currentStep(run);
  const tail =
    step === undefined
      ? ''
      : await output.tail({ run: id, step: step.plan.id, attempt: step.attempt }, TAIL_LINES);
  return statusMessage(run, {
    serviceTitle: serviceTitle(await catalog.team(), run),
    now: clock.now(),
    tail,
  });
}

async function plan(
  listening: Listening,
  { service, target }: { readonly service: string; readonly target?: string },
): Promise<Message> {
  const planned = await makePlan(listening, { service, target, severity: SHOWN_SEVERITY, parameters: {} });
  if (planned.kind === 'refused') return textMessage(refusalText(planned.refusal));
  const title = (await listening.catalog.team()).services[service]?.title ?? service;
  return planMessage({ plan: planned.plan, digest: planned.digest, serviceTitle: title });
}

const cancelled = (run: Run): string =>
  run.status === 'cancelled'
    ? `${run.id} is cancelled.`
    : `${run.id} stops as soon as the step in hand has been stopped.`;

const serviceTitle = (team: Team, run: Run): string =>
  team.services[run.plan.service]?.title ?? run.plan.service;
