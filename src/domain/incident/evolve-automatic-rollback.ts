import type { Incident } from './incident.ts';

/** Changes what is known of the automatic rollback, where the severity has one. */
export const changeAutomatic = (
  incident: Incident,
  update: (automatic: NonNullable<Incident['automaticRollback']>) => Incident['automaticRollback'],
): Incident =>
  incident.automaticRollback === null
    ? incident
    : { ...incident, automaticRollback: update(incident.automaticRollback) };
