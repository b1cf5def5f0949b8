import { loadRun } from '../../../engine/streams/runs.ts';
import { updateSoFar } from '../../../slack/incident/forms/update-so-far.ts';
import { formCommand } from './form-command.ts';

/** The text is what was done; the status is as the form would show it. */
export const update = formCommand({
  word: 'update',
  text: 'TEXT',
  form: 'update',
  does: 'say how it stands',
  fromText: async (done, incident, { listening }) => {
    const runs = await Promise.all(incident.runs.map(({ run }) => loadRun(listening, run)));
    const { status } = updateSoFar(
      incident,
      runs.flatMap((run) => run ?? []),
    );
    return { kind: 'command', command: { press: 'update', status, done, next: '', eta: '' } };
  },
});
