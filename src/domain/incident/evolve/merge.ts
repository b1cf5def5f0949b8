import type { IncidentEvent } from '../events.ts';
import type { Incident } from '../incident.ts';
import { mitigation } from './mitigation.ts';
import { takenUp } from './rolled-back.ts';
import { planned } from './schedule.ts';

type Of<Type extends IncidentEvent['type']> = IncidentEvent & { readonly type: Type };

/** Somebody was about to declare it again, and joined it. */
export const reportedAgain = (
  incident: Incident,
  { at, actor: by, payload: { services, source } }: Of<'incident.reported-again'>,
): Incident => ({
  ...hitting(incident, services, at),
  reports: [...incident.reports, { by, source }],
});

/** Another goes on as part of it. */
export function absorbed(incident: Incident, { at, payload }: Of<'incident.absorbed'>): Incident {
  const { from, services = [], startedAt, status, automaticRollback } = payload;
  const wider = hitting(incident, services, at);
  const live = status === undefined ? wider : { ...mitigation(takenUp(wider, at), status, at), status };
  return {
    ...live,
    startedAt: startedAt ?? incident.startedAt,
    absorbed: [...incident.absorbed, from],
    ...(automaticRollback === undefined ? {} : { automaticRollback: planned(automaticRollback) }),
  };
}

/** A merge that didn't hold: it stands as it did before. */
export const unmerged = (incident: Incident): Incident => ({
  ...incident,
  status: statusBefore(incident),
  mergedInto: null,
});

/** What is hit as well now was not rolled back with the rest: people are called in again. */
function hitting(incident: Incident, services: readonly string[], at: string): Incident {
  const all = [...new Set([...incident.services, ...services])];
  const grown = all.length > incident.services.length;
  return { ...(grown ? takenUp(incident, at) : incident), services: all };
}

function statusBefore({ mitigatedSince, lastUpdate }: Incident): Incident['status'] {
  if (mitigatedSince !== null) return 'monitoring';
  return lastUpdate === null || lastUpdate.status === 'monitoring' ? 'investigating' : lastUpdate.status;
}
