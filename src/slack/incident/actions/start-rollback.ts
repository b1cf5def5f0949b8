import { startRollback as definition } from '../../../domain/incident/actions/start-rollback.ts';
import { isOver } from '../../../domain/incident/incident.ts';
import { elsewhere } from './elsewhere.ts';

/** Opens the form of a rollback, filled in from the incident. */
export const startRollback = elsewhere(definition, {
  button: { text: 'Start rollback', onCard: { row: 'work', when: (incident) => !isOver(incident) } },
});
