import type { FormPress } from '../../../slack/incident/actions/lookup.ts';
import { incidentFormOffer } from '../../../slack/incident/open-form.ts';
import { openModal } from '../../door/open-modal.ts';
import { type Answer, type SubCommand, subCommand } from '../../door/sub-command.ts';
import { incidentForm } from '../incident-form.ts';
import { mayRespond } from './may-respond.ts';
import { incidentNamed, whichIncident } from './which-incident.ts';

/** A sub-command that opens a form about an incident: by its word, the form, and what help says that it does. */
export const formCommand = ({
  word,
  form,
  does,
  isOver = false,
}: {
  readonly word: string;
  readonly form: FormPress;
  readonly does: string;
  /** Whether it is for incidents that are over, rather than for open ones. */
  readonly isOver?: boolean;
}): SubCommand =>
  subCommand({
    words: [word],
    usage: '[INC]',
    help: { does, mayUse: mayRespond },
    parse: incidentNamed,
    answer: async (said, asked): Promise<Answer> => {
      const which = await whichIncident(asked, { ...said, word, isOver });
      if (which.kind === 'message') return which;
      const incident = which.incident.id;
      const { listening, person, team } = asked;
      return {
        kind: 'form',
        offer: incidentFormOffer(form, { incident }),
        open: async (triggerId) => {
          const opening = await incidentForm(listening, { incident, form, person, team });
          if (opening.kind === 'refused') return opening;
          await openModal(listening, { triggerId, view: opening.view });
          return { kind: 'opened' };
        },
      };
    },
  });
