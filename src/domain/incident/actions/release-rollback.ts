import { between, plus } from '../../instant.ts';
import { refuse } from '../../refusal.ts';
import { isRollbackPlanned } from '../incident.ts';
import { accept, refuseToWork } from '../may-work.ts';
import { incidentAction } from './action.ts';

/** Nobody is taken by surprise: whoever wants to hold it again has so long. */
const AT_LEAST_MS = 5 * 60_000;

/** Lets the automatic rollback start by itself after all: at its time, and not at once. */
export const releaseRollback = incidentAction({
  press: 'release-rollback',
  words: 'taking back the hold of the automatic rollback',
  whyNot: refuseToWork,
  decide: (incident, { now }) => {
    const automatic = incident.automaticRollback;
    if (automatic === null || automatic.held === null || !isRollbackPlanned(incident))
      return refuse({ reason: 'nothing-to-release' });
    const startsAt = plus(now, Math.max(AT_LEAST_MS, between(now, automatic.at)));
    return accept({ type: 'rollback.released', payload: { startsAt } });
  },
});
