import { type Incident, isOver, numberOf } from '../incident/incident.ts';
import { accept, type Decision } from '../run/decide.ts';
import { hasEnded, type Run } from '../run/run.ts';
import type { Team } from '../team/team.ts';

/** Where something is rolled back. */
export type RollbackPlace = { readonly service: string; readonly environment: string };

/**
 * Open incidents that a rollback belongs to, the most urgent first, of two the newer: those that name its service,
 * where it is hit, which is its first environment. One elsewhere, such as a drill in staging, belongs to none.
 */
export const incidentsOf = (
  incidents: readonly Incident[],
  { service, environment }: RollbackPlace,
  { services }: Pick<Team, 'services'>,
): readonly Incident[] => {
  const hit = Object.hasOwn(services, service) ? services[service] : undefined;
  if (hit === undefined || Object.keys(hit.environments)[0] !== environment) return [];
  return incidents
    .filter((incident) => !isOver(incident) && incident.services.includes(service))
    .toSorted(
      (a, b) =>
        a.severity.localeCompare(b.severity) ||
        b.declaredAt.localeCompare(a.declaredAt) ||
        numberOf(b) - numberOf(a),
    );
};

/**
 * A rollback that goes on and belongs to no incident joins one. Not what somebody said to belong to none, nor what waits
 * for the next deployment: nobody meant that for an incident. No events where it has ended or joined one before.
 */
export function decideJoin(run: Run, incident: Pick<Incident, 'id'>): Decision {
  if (run.incident !== null || run.ofNoIncident || hasEnded(run) || run.status === 'deferred')
    return accept();
  return accept({ type: 'run.joined', payload: { incident: incident.id } });
}
