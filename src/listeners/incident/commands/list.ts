import { loadIncident } from '../../../engine/streams/incidents.ts';
import { incidentListMessage } from '../../../slack/incident/list.ts';
import { say, tellingSubCommand } from '../../door/sub-command.ts';

const LISTED = 20;

export const list = tellingSubCommand({
  words: ['list'],
  usage: '',
  most: 0,
  help: { does: 'the latest incidents' },
  parse: () => ({}),
  answer: async (_, { listening, typed }) => {
    const ids = await listening.store.recent('incident', LISTED);
    const incidents = await Promise.all(ids.map((id) => loadIncident(listening, id)));
    const known = incidents.filter((incident) => incident !== undefined);
    return say(incidentListMessage(known, { now: listening.clock.now(), typed }));
  },
});
