import { titleOfPart } from '../../plan/title-of-plan.ts';
import { refuse } from '../../refusal.ts';
import type { Team } from '../../team/team.ts';
import type { Incident } from '../incident.ts';
import { accept, firstResponse, refuseToWork } from '../may-work.ts';
import { runsThatHold } from '../rollback-verified.ts';
import { nextUpdateDue } from '../schedule.ts';
import { incidentAction } from './action.ts';

/** After a rollback that is proven: the update that says so, to everybody whom an update reaches. */
export const setMonitoring = incidentAction({
  press: 'set-monitoring',
  words: 'setting it to monitoring',
  whyNot: refuseToWork,
  decide: (incident, { now }, _command: object, { team }) => {
    const { status, lastUpdate, rolledBack } = incident;
    if (status === 'monitoring' && lastUpdate !== null)
      return refuse({ reason: 'already-monitoring', by: lastUpdate.by });
    if (rolledBack === null) return refuse({ reason: 'not-rolled-back' });
    return accept(...firstResponse(incident), {
      type: 'incident.updated',
      payload: {
        status: 'monitoring',
        done: whatIsBack(incident, team),
        next: '',
        eta: '',
        updateDueAt: nextUpdateDue(incident, now),
      },
    });
  },
});

const whatIsBack = (incident: Incident, team: Team): string => {
  const back = runsThatHold(incident).map(
    (held) =>
      `${titleOfPart(held, team)} is back on ${held.target === '' ? 'an earlier version' : held.target}`,
  );
  return `${back.join(', ')}, and all checks passed.`;
};
