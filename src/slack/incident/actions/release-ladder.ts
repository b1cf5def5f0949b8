import { releaseLadder as definition } from '../../../domain/incident/actions/release-ladder.ts';
import { isLadderStill, nextRung } from '../../../domain/incident/incident.ts';
import { IncidentButton } from '../../kit/button-values.ts';
import { atOnce } from './at-once.ts';

/** Taking back the hold of the escalation. A hold that is over by then is no more to be taken back, and says so. */
export const releaseLadder = atOnce(definition, {
  button: {
    text: 'Take escalation hold back',
    onCard: {
      when: (incident) =>
        incident.ladderHold !== null && nextRung(incident) !== undefined && !isLadderStill(incident),
    },
  },
  carries: IncidentButton,
  fields: () => ({}),
});
