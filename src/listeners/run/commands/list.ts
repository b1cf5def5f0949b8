import { loadRun } from '../../../engine/streams/runs.ts';
import { runListMessage } from '../../../slack/run/list.ts';
import type { Listening } from '../../door/listening.ts';
import { type Said, say, tellingSubCommand } from '../../door/sub-command.ts';

const LISTED_RUNS = 20;

export const list = tellingSubCommand({
  words: ['list'],
  usage: '',
  most: 0,
  help: { does: 'the latest rollbacks' },
  parse: () => ({}),
  answer: (_, { listening }) => listRuns(listening),
});

export async function listRuns({ store, clock }: Pick<Listening, 'store' | 'clock'>): Promise<Said> {
  const ids = await store.recent('run', LISTED_RUNS);
  const runs = await Promise.all(ids.map((id) => loadRun({ store }, id)));
  return say(
    runListMessage(
      runs.filter((run) => run !== undefined),
      { now: clock.now() },
    ),
  );
}
