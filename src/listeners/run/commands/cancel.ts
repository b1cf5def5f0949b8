import { decideCancel } from '../../../domain/run/decide.ts';
import type { Run } from '../../../domain/run/run.ts';
import { cancelRun } from '../../../engine/run/cancel.ts';
import { loadRun } from '../../../engine/streams/runs.ts';
import { textMessage } from '../../../slack/kit/message.ts';
import { whichRunMessage } from '../../../slack/run/list.ts';
import { explainRefusal } from '../../door/explain-refusal.ts';
import { type Asked, asText, type Said, say, subCommand } from '../../door/sub-command.ts';
import { mayDecide, mayRequest } from './may.ts';
import { runId } from './run-id.ts';

export const cancel = subCommand({
  words: ['cancel'],
  usage: '[RUN [REASON]]',
  help: { usage: 'RUN', does: 'stop a rollback', mayUse: (who) => mayRequest(who) || mayDecide(who) },
  parse: ([run, ...reason]) => ({
    run: run && runId(run),
    reason: asText(reason) || null,
  }),
  answer: async ({ run, reason }, asked) => {
    if (run === undefined) return whichToCancel(asked);
    const answer = await cancelRun(asked.listening, { run, reason, person: asked.person });
    const text = answer.kind === 'refused' ? explainRefusal(answer.refusal, asked) : cancelled(answer.run);
    return say(textMessage(text));
  },
});

/** What this person may cancel now. */
async function whichToCancel({ listening, person, team, typed }: Asked): Promise<Said> {
  const { store, clock } = listening;
  const open = await Promise.all((await store.open('run')).map((id) => loadRun({ store }, id)));
  const { decide: mayDecide } = team.permissions;
  const runs = open.filter(
    (run) => run !== undefined && decideCancel(run, { person, mayDecide, reason: null }).kind === 'accepted',
  );
  return say(
    whichRunMessage(
      runs.flatMap((run) => run ?? []),
      { now: clock.now(), usage: `${typed} cancel`, none: 'There is nothing that you could cancel now.' },
    ),
  );
}

const cancelled = (run: Run): string =>
  run.status === 'cancelled'
    ? `${run.id} is cancelled.`
    : `${run.id} stops as soon as the step in hand has been stopped.`;
