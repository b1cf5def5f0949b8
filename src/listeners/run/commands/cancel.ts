import type { Run } from '../../../domain/run/run.ts';
import { cancelRun } from '../../../engine/run/cancel.ts';
import { textMessage } from '../../../slack/kit/message.ts';
import { explainRefusal } from '../../door/explain-refusal.ts';
import { say, subCommand } from '../../door/sub-command.ts';
import { mayDecide, mayRequest } from './may.ts';
import { runId } from './run-id.ts';

export const cancel = subCommand({
  words: ['cancel'],
  usage: 'RUN [REASON]',
  help: { usage: 'RUN', does: 'stop a rollback', mayUse: (who) => mayRequest(who) || mayDecide(who) },
  parse: ([run, ...reason]) =>
    run === undefined
      ? undefined
      : { run: runId(run), reason: reason.length === 0 ? null : reason.join(' ') },
  answer: async (said, asked) => {
    const answer = await cancelRun(asked.listening, { ...said, person: asked.person });
    const text = answer.kind === 'refused' ? explainRefusal(answer.refusal, asked) : cancelled(answer.run);
    return say(textMessage(text));
  },
});

const cancelled = (run: Run): string =>
  run.status === 'cancelled'
    ? `${run.id} is cancelled.`
    : `${run.id} stops as soon as the step in hand has been stopped.`;
