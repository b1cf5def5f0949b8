import type { Incident } from '../../../domain/incident/incident.ts';
import type { Catalog } from '../../../engine/ports/catalog.ts';
import { incidentStatusMessage } from '../../../slack/incident/card.ts';
import { incidentCardParts } from '../../../slack/incident/render-card.ts';
import type { Listening } from '../../door/listening.ts';
import { type Said, say, tellingSubCommand } from '../../door/sub-command.ts';
import { incidentNamed, whichIncident } from './which-incident.ts';

export const show = tellingSubCommand({
  words: ['show'],
  usage: '[INC]',
  most: 1,
  help: { does: 'how one stands' },
  parse: incidentNamed,
  answer: async (said, asked) => {
    const which = await whichIncident(asked, { ...said, word: 'show' });
    if (which.kind === 'message') return which;
    return showIncident({ ...asked.listening, catalog: asked.listening.telling }, which.incident);
  },
});

export const showIncident = async (
  listening: Listening & { readonly catalog: Catalog },
  incident: Incident,
): Promise<Said> => say(incidentStatusMessage(incident, await incidentCardParts(listening, incident)));
