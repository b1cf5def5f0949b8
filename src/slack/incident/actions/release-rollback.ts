import { releaseRollback as definition } from '../../../domain/incident/actions/release-rollback.ts';
import { isRollbackPlanned } from '../../../domain/incident/incident.ts';
import { IncidentButton } from '../../kit/button-values.ts';
import { atOnce } from './at-once.ts';

/** Taking back the hold of the automatic rollback. It starts five minutes later at the earliest, so nobody is asked again. */
export const releaseRollback = atOnce(definition, {
  button: {
    text: 'Take hold back',
    onCard: {
      when: (incident) => isRollbackPlanned(incident) && incident.automaticRollback?.held !== null,
      seen: () => true,
    },
  },
  carries: IncidentButton,
  fields: () => ({}),
});
