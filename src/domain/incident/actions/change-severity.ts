import { refuse } from '../../refusal.ts';
import type { Severity } from '../../severity.ts';
import { accept, refuseToWork } from '../may-work.ts';
import { scheduleOf } from '../schedule.ts';
import { incidentAction } from './action.ts';

type Fields = { readonly to: Severity; readonly reason: string };

/** Timers, ladder and cadence follow the new severity from now on. */
export const changeSeverity = incidentAction({
  press: 'change-severity',
  words: 'changing the severity',
  whyNot: refuseToWork,
  decide: ({ severity: from }, { now }, { to, reason }: Fields, { team }) => {
    if (to === from) return refuse({ reason: 'same-severity', severity: to });
    if (reason.trim() === '') return refuse({ reason: 'missing-reason' });
    const schedule = scheduleOf(team, to, Date.parse(now));
    return accept({ type: 'severity.changed', payload: { from, to, reason: reason.trim(), schedule } });
  },
});
