import type { AutomaticRollback, Incident } from '../incident.ts';
import type { Schedule } from '../schedule.ts';

/** What an incident has of its schedule, all of it being still to come. */
export function scheduled(schedule: Schedule) {
  const { respondBy, updateEveryMs, updateDueAt, stakeholders, automaticRollback, decideBy, ownChannel } =
    schedule;
  return {
    ...{ respondBy, updateEveryMs, updateDueAt, stakeholders, decideBy, ownChannel },
    responseOverdue: false,
    updateAsked: false,
    decisionAsked: false,
    automaticRollback: automaticRollback === null ? null : planned(automaticRollback),
  };
}

/** An automatic rollback that is to come. */
export const planned = (times: NonNullable<Schedule['automaticRollback']>): AutomaticRollback => ({
  ...times,
  ...{ held: null, outcome: 'planned', blocked: [], madeWayFor: null },
});

/** The update that was promised stays due, unless the new severity wants one sooner. */
export const sooner = (incident: Incident, schedule: Schedule) =>
  incident.updateDueAt !== null &&
  schedule.updateDueAt !== null &&
  incident.updateDueAt <= schedule.updateDueAt
    ? { updateDueAt: incident.updateDueAt, updateAsked: incident.updateAsked }
    : {};
