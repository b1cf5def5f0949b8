import { setMonitoring as definition } from '../../../domain/incident/actions/set-monitoring.ts';
import { IncidentButton } from '../../kit/button-values.ts';
import { atOnce } from './at-once.ts';

/** After a rollback that is proven: one press says it to everybody. */
export const setMonitoring = atOnce(definition, {
  button: {
    text: 'Set to monitoring, tell stakeholders',
    style: 'primary',
    look: ({ stakeholders }) => (stakeholders ? {} : { text: 'Set to monitoring' }),
    onCard: { when: ({ rolledBack }) => rolledBack !== null, seen: () => true },
  },
  carries: IncidentButton,
  fields: () => ({}),
});
