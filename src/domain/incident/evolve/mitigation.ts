import { between, plus } from '../../instant.ts';
import type { Incident, IncidentStatus } from '../incident.ts';
import { changeAutomatic } from './automatic-rollback.ts';
import { later } from './ladder.ts';

/** Once the harm is back, what stood still while it had stopped goes on where it was. */
export function mitigation(incident: Incident, status: IncidentStatus, at: string): Incident {
  const { mitigatedSince } = incident;
  if (status === 'monitoring') return { ...incident, mitigatedSince: mitigatedSince ?? at };
  if (mitigatedSince === null) return incident;
  const pause = between(mitigatedSince, at);
  return changeAutomatic(
    { ...incident, mitigatedSince: null, ladder: later(incident.ladder, pause) },
    (automatic) => ({
      ...automatic,
      at: plus(automatic.at, pause),
      warnAt: automatic.warnAt.map((warnAt) => plus(warnAt, pause)),
    }),
  );
}
