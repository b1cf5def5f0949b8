import { holdsAny } from '../../actor.ts';
import { refuse } from '../../refusal.ts';
import { type Incident, isRollbackPlanned } from '../incident.ts';
import { accept, refuseOver } from '../may-work.ts';
import { incidentAction } from './action.ts';

/** Starts the automatic rollback before its time. By those alone who may approve one. */
export const goNow = incidentAction({
  press: 'go-now',
  words: 'starting the automatic rollback now',
  whyNot: (incident, { person }, { team }) => {
    const mayApprove = team.severities[incident.severity]?.approval.roles ?? [];
    return (
      refuseOver(incident) ??
      (holdsAny(person, mayApprove) ? undefined : refuse({ reason: 'not-permitted', roles: mayApprove }))
    );
  },
  decide: (incident) => {
    if (!isRollbackPlanned(incident)) return refuse({ reason: 'nothing-to-start' });
    const underWay = incident.services.map((service) => runUnderWay(incident, service));
    const run = underWay[0];
    if (run !== undefined && !underWay.includes(undefined)) return refuse({ reason: 'already-started', run });
    return accept({ type: 'rollback.triggered', payload: { rule: 'go-now' } });
  },
});

const runUnderWay = ({ runs }: Incident, service: string): string | undefined =>
  runs.find((linked) => linked.service === service && linked.status === null)?.run;
