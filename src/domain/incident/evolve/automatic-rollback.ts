import { type Incident, servicesToRollBack } from '../incident.ts';

/** Changes what is known of the automatic rollback, where the severity has one. */
export const changeAutomatic = (
  incident: Incident,
  update: (automatic: NonNullable<Incident['automaticRollback']>) => Incident['automaticRollback'],
): Incident =>
  incident.automaticRollback === null
    ? incident
    : { ...incident, automaticRollback: update(incident.automaticRollback) };

/** Nothing is left to roll back by itself: what was deployed is gone everywhere, or rolled back already. */
export const standDownIfNeedless = (incident: Incident): Incident =>
  servicesToRollBack(incident).length > 0
    ? incident
    : changeAutomatic(incident, (automatic) => ({ ...automatic, outcome: 'stood-down' }));
