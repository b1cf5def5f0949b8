import { refuse } from '../../refusal.ts';
import { isLadderHeld, isLadderStill, nextRung } from '../incident.ts';
import { accept } from '../may-work.ts';
import { incidentAction } from './action.ts';
import { refuseOthers } from './hold-ladder.ts';

/** The commander lets the ladder go on before the hold is over; nobody is called in at once. */
export const releaseLadder = incidentAction({
  press: 'release-ladder',
  words: 'taking back the hold of the escalation',
  whyNot: refuseOthers,
  decide: (incident, { now }) =>
    !isLadderHeld(incident, now) || isLadderStill(incident) || nextRung(incident) === undefined
      ? refuse({ reason: 'nothing-to-release' })
      : accept({ type: 'escalation.released', payload: {} }),
});
