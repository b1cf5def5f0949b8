import { isOver } from '../../domain/incident/incident.ts';
import { type Refused, refuse } from '../../domain/refusal.ts';
import { type Requesting, type RollbackRequest, type RollbackRequested, requestRun } from '../run/request.ts';
import { loadIncident } from '../streams/incidents.ts';
import { incidentsToJoin } from './join-incident.ts';

/**
 * Asks for a rollback. One of a service that is hit by an open incident belongs to that, though nobody said so: to the
 * most urgent where there are several. What is asked for within an incident is judged by that incident's severity,
 * whatever a form said; `incident: null` says that it belongs to none. Refused where the incident is over or not known, and as requestRun refuses.
 */
export async function requestRollback(
  deps: Requesting,
  request: RollbackRequest,
): Promise<RollbackRequested | Refused> {
  if (request.incident === null) return requestRun(deps, request);
  if (request.incident === undefined) return requestWithin(deps, request);
  const incident = await loadIncident(deps, request.incident);
  if (incident === undefined) return refuse({ reason: 'unknown-incident', incident: request.incident });
  if (isOver(incident)) return refuse({ reason: 'incident-over', status: incident.status });
  return requestRun(deps, { ...request, severity: incident.severity });
}

async function requestWithin(
  deps: Requesting,
  request: RollbackRequest,
): Promise<RollbackRequested | Refused> {
  const { service } = request;
  const { services } = await deps.catalog.team();
  const environments = Object.hasOwn(services, service) ? services[service]?.environments : undefined;
  const environment = request.environment ?? Object.keys(environments ?? {})[0] ?? '';
  const [incident] = await incidentsToJoin(deps, { service, environment });
  if (incident === undefined) return requestRun(deps, request);
  return requestRun(deps, { ...request, incident: incident.id, severity: incident.severity });
}
