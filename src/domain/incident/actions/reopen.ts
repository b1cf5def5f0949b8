import { refuse } from '../../refusal.ts';
import { accept, refuseStranger } from '../may-work.ts';
import { scheduleOf } from '../schedule.ts';
import { incidentAction } from './action.ts';

type Fields = { readonly reason: string };

/** Within 24 hours of its resolution: it goes on, by its severity's policy from now. */
export const reopen = incidentAction({
  press: 'reopen',
  words: 'reopening',
  whyNot: (incident, asking) => {
    const { resolution, status } = incident;
    if (resolution === null) return refuse({ reason: 'not-resolved', status });
    if (status === 'closed' || asking.now >= resolution.closesAt)
      return refuse({ reason: 'incident-closed', at: resolution.closesAt });
    return refuseStranger(incident, asking);
  },
  decide: ({ severity }, { now }, { reason }: Fields, { team }) => {
    if (reason.trim() === '') return refuse({ reason: 'missing-reason' });
    const schedule = scheduleOf(team, severity, Date.parse(now));
    return accept({ type: 'incident.reopened', payload: { reason: reason.trim(), schedule } });
  },
});
