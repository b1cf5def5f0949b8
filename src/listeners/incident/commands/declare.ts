import { declareOffer } from '../../../slack/incident/open-form.ts';
import { type Answer, subCommand } from '../../door/sub-command.ts';
import { openDeclareForm } from '../open-declare-form.ts';
import { mayRespond } from './may-respond.ts';
import { showIncident } from './show.ts';
import { incidentHere } from './which-incident.ts';

/** `/incident` alone: the declaration. In an incident's own thread nobody wants to declare it again: it is shown. */
export const declare = subCommand({
  words: ['', 'declare'],
  usage: '',
  help: { does: 'declare an incident', mayUse: mayRespond },
  parse: () => ({}),
  answer: async (_, asked): Promise<Answer> => {
    const { listening, person, team, place } = asked;
    const here = await incidentHere(asked);
    if (here !== undefined) return showIncident(listening, here);
    return {
      kind: 'form',
      offer: declareOffer(place.threadTs === undefined ? {} : { threadTs: place.threadTs }),
      open: async (triggerId) => {
        await openDeclareForm(listening, { person, team, triggerId, channel: place.channel });
        return { kind: 'opened' };
      },
    };
  },
});
