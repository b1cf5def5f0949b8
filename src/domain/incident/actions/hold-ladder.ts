import { plus } from '../../instant.ts';
import { type Refused, refuse } from '../../refusal.ts';
import { type Incident, isLadderStill, nextRung } from '../incident.ts';
import { type Asking, accept, refuseToWork } from '../may-work.ts';
import { incidentAction } from './action.ts';

type Fields = { readonly forMs: number; readonly reason: string };

/** Whoever isn't in command of it. */
export const refuseOthers = (incident: Incident, asking: Asking): Refused | undefined => {
  const { commander } = incident.roles;
  return (
    refuseToWork(incident, asking) ??
    (commander === asking.person.id ? undefined : refuse({ reason: 'not-commander', commander }))
  );
};

/** The commander stops the ladder for a stated time; what was still to come moves by as much. */
export const holdLadder = incidentAction({
  press: 'hold-ladder',
  words: 'holding the escalation',
  whyNot: refuseOthers,
  decide: (incident, { now }, { forMs, reason }: Fields) => {
    if (reason.trim() === '') return refuse({ reason: 'missing-reason' });
    if (nextRung(incident) === undefined || isLadderStill(incident))
      return refuse({ reason: 'nothing-to-hold' });
    if (forMs <= 0)
      return refuse({ reason: 'bad-parameter', parameter: 'for', expected: 'a time such as 30m' });
    return accept({ type: 'escalation.held', payload: { until: plus(now, forMs), reason: reason.trim() } });
  },
});
