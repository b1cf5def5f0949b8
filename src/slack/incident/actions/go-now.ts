import { goNow as definition } from '../../../domain/incident/actions/go-now.ts';
import { moveOf } from '../../../domain/incident/deployed.ts';
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

/** From what to what, as far as it is known; ids of services, since a button knows no more. */
function confirmText(incident: Incident): string {
  const moves = incident.services.map((service) => {
    const { from, to } = moveOf(incident, service);
    return from === '' || to === '' ? `${service} to the release before` : `${service} ${from} → ${to}`;
  });
  return `${truncate(moves.join(', '), LONGEST_SERVICES) || 'Nothing, as no service is named,'} at once, without further approval. It is recorded as your decision.`;
}
