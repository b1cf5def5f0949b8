import { isOver } from '../../domain/incident/incident.ts';
import { callsPeopleIn, isWorkedOn } from '../../domain/incident/on-it.ts';
import { titleOfPlan } from '../../domain/plan/title-of-plan.ts';
import { isProven } from '../../domain/run/proof.ts';
import { hasEnded, hasStarted, type Run } from '../../domain/run/run.ts';
import type { Team } from '../../domain/team/team.ts';
import type { IncidentMessage } from '../reactions/incident-message-data.ts';
import type { IncidentMoment } from '../streams/incident-moment.ts';
import { newsForStakeholders } from './news-for-stakeholders.ts';

type Services = Pick<Team, 'services'>;
type Rollback = IncidentMessage['rollbacks'][number];

/** How an incident stands, as whoever only wants to know is told: who is on it, whether it is over, what was rolled back. */
export function standing(moment: IncidentMoment, team: Services) {
  const { incident, event, runs } = moment;
  const settled = event.type === 'run.settled' ? runs.find(({ id }) => id === event.payload.run) : undefined;
  return {
    happened: newsForStakeholders(moment) ?? ('other' as const),
    workedOn: isWorkedOn(incident),
    alarm: callsPeopleIn(incident),
    stakeholders: incident.stakeholders,
    over: isOver(incident),
    resolvedAt: incident.resolution?.at ?? '',
    mergedInto: incident.mergedInto ?? '',
    rollbacks: rollbacks(runs, team),
    settledService: settled === undefined ? '' : titleOfPlan(settled.plan, team),
    settledFrom: settled?.plan.deployed.release ?? '',
    settledTarget: settled?.plan.target.release ?? '',
  };
}

function rollbacks(runs: readonly Run[], team: Services): Rollback[] {
  const begun = runs.filter(hasStarted);
  const newest = begun.filter(
    (run, index) => begun.findLastIndex(({ plan }) => plan.service === run.plan.service) === index,
  );
  return newest.map((run) => ({
    service: titleOfPlan(run.plan, team),
    from: run.plan.deployed.release ?? '',
    target: run.plan.target.release ?? '',
    state: stateOf(run),
  }));
}

function stateOf(run: Run): Rollback['state'] {
  if (!hasEnded(run)) return 'under-way';
  if (run.status !== 'succeeded') return 'failed';
  return isProven(run) ? 'done' : 'not-proven';
}
