import { systemActor } from '../../domain/actor.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { decideJoin, incidentsOf, type RollbackPlace } from '../../domain/policy/belongs-to.ts';
import type { Run } from '../../domain/run/run.ts';
import type { Catalog } from '../ports/catalog.ts';
import { loadIncident } from '../streams/incidents.ts';
import { openIncidents } from '../streams/open-incidents.ts';
import { changeRun, loadRun, type RunChanges } from '../streams/runs.ts';

type Joining = RunChanges & { readonly catalog: Catalog };

/** The open incidents that a rollback belongs to by itself, the most urgent first. Throws ConfigurationBroken. */
export async function incidentsToJoin(
  deps: Pick<Joining, 'store' | 'catalog'>,
  place: RollbackPlace,
): Promise<readonly Incident[]> {
  return incidentsOf(await openIncidents(deps), place, await deps.catalog.team());
}

/**
 * Has a run that was asked for without an incident belong to the open one that its service is hit by, if there is one.
 * Asked of the run and of the incident alike, since either may have been a moment too early to see the other.
 */
export async function joinIncident(deps: Joining, run: Run): Promise<Run> {
  if (run.incident !== null) return run;
  const [incident] = await incidentsToJoin(deps, run.plan);
  return incident === undefined ? run : join(deps, run, incident);
}

/** Has the runs that go on and were asked for before an incident was declared belong to it. */
export async function adoptRuns(deps: Joining, id: string): Promise<void> {
  const incident = await loadIncident(deps, id);
  if (incident === undefined) return;
  const team = await deps.catalog.team();
  for (const open of await deps.store.open('run')) {
    const run = await loadRun(deps, open);
    if (run !== undefined && incidentsOf([incident], run.plan, team).length > 0)
      await join(deps, run, incident);
  }
}

async function join(deps: Joining, run: Run, incident: Incident): Promise<Run> {
  const joined = await changeRun(deps, {
    run: run.id,
    actor: systemActor('severity-policy'),
    decide: (state) => decideJoin(state, incident),
  });
  return joined.kind === 'accepted' ? joined.run : run;
}
