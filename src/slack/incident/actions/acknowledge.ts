import { acknowledge as definition } from '../../../domain/incident/actions/acknowledge.ts';
import { isOver } from '../../../domain/incident/incident.ts';
import { IncidentButton } from '../../kit/button-values.ts';
import { atOnce } from './at-once.ts';

/** The first thing anybody does, so it stands out. */
export const acknowledge = atOnce(definition, {
  button: {
    text: 'Acknowledge',
    style: 'primary',
    onCard: {
      when: (incident) => !isOver(incident) && incident.acknowledged === null,
      seen: () => true,
    },
  },
  carries: IncidentButton,
  fields: () => ({}),
});
