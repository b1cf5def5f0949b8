import { isOver } from '../../domain/incident/incident.ts';
import { type Refused, refuse } from '../../domain/refusal.ts';
import { type Requesting, type RollbackRequest, type RollbackRequested, requestRun } from '../run/request.ts';
import { loadIncident } from '../streams/incidents.ts';

/**
 * Asks for a rollback. What is asked for within an incident is judged by that incident's severity, whatever a form
 * said; refused where the incident is over or not known, and as requestRun refuses.
 */
export async function requestRollback(
  deps: Requesting,
  request: RollbackRequest,
): Promise<RollbackRequested | Refused> {
  if (request.incident == null) return requestRun(deps, request);
  const incident = await loadIncident(deps, request.incident);
  if (incident === undefined) return refuse({ reason: 'unknown-incident', incident: request.incident });
  if (isOver(incident)) return refuse({ reason: 'incident-over', status: incident.status });
  return requestRun(deps, { ...request, severity: incident.severity });
}
