import { refuse } from '../../refusal.ts';
import { accept, refuseToWork } from '../may-work.ts';
import { incidentAction } from './action.ts';

type Fields = { readonly reason: string };

/** Stops the automatic rollback until somebody presses Roll back. */
export const holdRollback = incidentAction({
  press: 'hold-rollback',
  words: 'holding the automatic rollback',
  whyNot: refuseToWork,
  decide: ({ automaticRollback: automatic }, _asking, { reason }: Fields) => {
    if (automatic === null || automatic.outcome !== 'planned' || automatic.held !== null)
      return refuse({ reason: 'nothing-to-hold' });
    if (reason.trim() === '') return refuse({ reason: 'missing-reason' });
    return accept({ type: 'rollback.held', payload: { reason: reason.trim() } });
  },
});
