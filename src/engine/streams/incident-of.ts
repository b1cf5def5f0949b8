import type { Incident } from '../../domain/incident/incident.ts';
import type { Run } from '../../domain/run/run.ts';
import { type IncidentChanges, loadIncident } from './incidents.ts';

type Reading = Pick<IncidentChanges, 'store'>;

/** The incident that a run belongs to; where that was merged, the one that it goes on as. */
export async function incidentOf(deps: Reading, run: Pick<Run, 'incident'>): Promise<Incident | undefined> {
  const incident = run.incident === null ? undefined : await loadIncident(deps, run.incident);
  return incident === undefined ? undefined : (await goesOnAs(deps, incident)).at(-1);
}

/**
 * The incident and those that it was merged into, one after the other. The last goes on; but for a moment in which they
 * were merged into each other, as long as that is not sorted out.
 */
export async function goesOnAs(deps: Reading, incident: Incident): Promise<readonly Incident[]> {
  const chain = [incident];
  for (let last = incident; last.mergedInto !== null; ) {
    const { mergedInto } = last;
    if (chain.some(({ id }) => id === mergedInto)) break;
    const next = await loadIncident(deps, mergedInto);
    if (next === undefined) break;
    chain.push(next);
    last = next;
  }
  return chain;
}

/** Those that were merged into it, and into those. */
export async function mergedInto(deps: Reading, { absorbed }: Incident): Promise<readonly Incident[]> {
  const all: Incident[] = [];
  const waiting = [...absorbed];
  for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
    const one = all.some((known) => known.id === id) ? undefined : await loadIncident(deps, id);
    if (one === undefined) continue;
    all.push(one);
    waiting.push(...one.absorbed);
  }
  return all;
}
