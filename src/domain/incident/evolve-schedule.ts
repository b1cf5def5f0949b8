import type { Incident } from './incident.ts';
import type { Schedule } from './schedule.ts';

/** What an incident has of its schedule, all of it being still to come. */
export function scheduled(schedule: Schedule) {
  const { respondBy, updateEveryMs, updateDueAt, stakeholders, automaticRollback, decideBy, ownChannel } =
    schedule;
  return {
    ...{ respondBy, updateEveryMs, updateDueAt, stakeholders, decideBy, ownChannel },
    responseOverdue: false,
    updateAsked: false,
    decisionAsked: false,
    automaticRollback:
      automaticRollback === null
        ? null
        : { ...automaticRollback, held: null, outcome: 'planned' as const, blocked: [] },
  };
}

/** The update that was promised stays due, unless the new severity wants one sooner. */
export const sooner = (incident: Incident, schedule: Schedule) =>
  incident.updateDueAt !== null &&
  schedule.updateDueAt !== null &&
  incident.updateDueAt <= schedule.updateDueAt
    ? { updateDueAt: incident.updateDueAt, updateAsked: incident.updateAsked }
    : {};
