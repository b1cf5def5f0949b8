import type { Incident } from '../../domain/incident/incident.ts';
import type { Run } from '../../domain/run/run.ts';
import { type IncidentChanges, loadIncident } from './incidents.ts';

const LONGEST_CHAIN = 10;

/** The incident that a run belongs to; where that was merged, the one that it goes on as. */
export async function incidentOf(
  deps: Pick<IncidentChanges, 'store'>,
  run: Pick<Run, 'incident'>,
): Promise<Incident | undefined> {
  let incident = run.incident === null ? undefined : await loadIncident(deps, run.incident);
  for (let merges = 0; merges < LONGEST_CHAIN && incident !== undefined; merges += 1) {
    if (incident.mergedInto === null) break;
    incident = await loadIncident(deps, incident.mergedInto);
  }
  return incident;
}
