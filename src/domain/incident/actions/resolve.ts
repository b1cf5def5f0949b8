import { plus } from '../../instant.ts';
import { refuse } from '../../refusal.ts';
import { accept, firstResponse, refuseToWork } from '../may-work.ts';
import { incidentAction } from './action.ts';

const REOPEN_WITHIN_MS = 24 * 3_600_000;

type Fields = { readonly summary: string };

/** It is over. It can be reopened within 24 hours; then it is closed. */
export const resolve = incidentAction({
  press: 'resolve',
  words: 'resolving',
  whyNot: refuseToWork,
  decide: (incident, { now }, { summary }: Fields) =>
    summary.trim() === ''
      ? refuse({ reason: 'missing-reason' })
      : accept(...firstResponse(incident), {
          type: 'incident.resolved',
          payload: { summary: summary.trim(), closesAt: plus(now, REOPEN_WITHIN_MS) },
        }),
});
