import { goNow as definition } from '../../../domain/incident/actions/go-now.ts';
import { type Incident, isRollbackPlanned } from '../../../domain/incident/incident.ts';
import { IncidentButton } from '../../kit/button-values.ts';
import { truncate } from '../../kit/text.ts';
import { atOnce } from './at-once.ts';

const LONGEST_SERVICES = 120;

/** Starts the automatic rollback now. Asked once more, since it goes without further approval. */
export const goNow = atOnce(definition, {
  button: {
    text: 'Go now',
    style: 'danger',
    confirm: (incident) => ({
      title: 'Roll back now?',
      text: confirmText(incident),
      yes: 'Roll back now',
      no: 'Not yet',
    }),
    onCard: { row: 'rollback', when: isRollbackPlanned },
  },
  carries: IncidentButton,
  fields: () => ({}),
});

const confirmText = ({ services }: Incident): string =>
  `${truncate(services.join(', '), LONGEST_SERVICES) || 'Nothing, as no service is named,'} ${services.length > 1 ? 'go' : 'goes'} back to the previous release at once, without further approval. It is recorded as your decision.`;
