import { between } from '../../instant.ts';
import type { IncidentEvent } from '../events.ts';
import type { Incident } from '../incident.ts';
import { later } from './ladder.ts';

/** Somebody or something has said how it stands: the ladder is no longer still for a rollback that was verified. */
export const takenUp = (incident: Incident, at: string): Incident =>
  incident.rolledBack === null
    ? incident
    : {
        ...incident,
        rolledBack: null,
        ladder: later(incident.ladder, between(incident.rolledBack.stillSince, at)),
      };

/** Raised, it is worse than thought; lowered, the new ladder is as still as the old one was. */
export const afterSeverity = (
  { rolledBack }: Incident,
  { at, payload: { from, to } }: IncidentEvent & { type: 'severity.changed' },
): Incident['rolledBack'] => (rolledBack === null || to < from ? null : { ...rolledBack, stillSince: at });
