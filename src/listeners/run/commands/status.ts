import { titleOfPlan } from '../../../domain/plan/title-of-plan.ts';
import { currentStep } from '../../../domain/run/run.ts';
import { loadRun } from '../../../engine/streams/runs.ts';
import { textMessage } from '../../../slack/kit/message.ts';
import { refusalText } from '../../../slack/kit/refusal.ts';
import { statusMessage } from '../../../slack/run/card.ts';
import type { Answering } from '../../door/inbound.ts';
import { type Asked, type Said, say, tellingSubCommand } from '../../door/sub-command.ts';
import { listRuns } from './list.ts';
import { runId } from './run-id.ts';

const TAIL_LINES = 8;

export const status = tellingSubCommand({
  words: ['status'],
  usage: '[RUN]',
  most: 1,
  help: { does: 'how a rollback stands' },
  parse: ([run]) => ({ run: run && runId(run) }),
  answer: ({ run }, asked) => (run === undefined ? listRuns(asked.listening) : statusOf(run, asked)),
});

async function statusOf(id: string, { listening, team }: Asked<Answering>): Promise<Said> {
  const { store, clock, output } = listening;
  const run = await loadRun({ store }, id);
  if (run === undefined) return say(textMessage(refusalText({ reason: 'unknown-run', run: id })));
  const step = currentStep(run);
  const tail =
    step === undefined
      ? ''
      : await output.tail({ run: id, step: step.plan.id, attempt: step.attempt }, TAIL_LINES);
  const serviceTitle = titleOfPlan(run.plan, team);
  return say(statusMessage(run, { serviceTitle, now: clock.now(), tail }));
}
