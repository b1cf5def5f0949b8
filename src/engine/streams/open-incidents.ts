import type { Incident } from '../../domain/incident/incident.ts';
import type { EventStore } from '../ports/event-store.ts';
import { loadIncident } from './incidents.ts';

/** How many of the newest are looked at: a bound on what one reaction or one visit can cost. */
const LOOKED_AT = 500;
const AT_ONCE = 50;

/** Incidents that are not closed, newest first, at most 500. */
export async function openIncidents({ store }: { readonly store: EventStore }): Promise<readonly Incident[]> {
  const ids = (await store.open('incident')).toReversed().slice(0, LOOKED_AT);
  const found: Incident[] = [];
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const some = await Promise.all(ids.slice(from, from + AT_ONCE).map((id) => loadIncident({ store }, id)));
    found.push(...some.filter((incident) => incident !== undefined));
  }
  return found;
}
