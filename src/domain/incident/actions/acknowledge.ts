import { refuse } from '../../refusal.ts';
import { accept, refuseToWork } from '../may-work.ts';
import { incidentAction } from './action.ts';

/** Somebody is on it. */
export const acknowledge = incidentAction({
  press: 'acknowledge',
  words: 'acknowledging',
  whyNot: refuseToWork,
  decide: ({ acknowledged }) =>
    acknowledged === null
      ? accept({ type: 'incident.acknowledged', payload: {} })
      : refuse({ reason: 'already-acknowledged', by: acknowledged.by }),
});
