import type { DomainEvent } from '../../domain/events.ts';
import type { EventStore } from '../ports/event-store.ts';
import { mergedInto } from './incident-of.ts';
import { loadIncident } from './incidents.ts';

/**
 * Everything that happened to an incident, to those that were merged into it, and to their runs, oldest first; an empty
 * list for an unknown one.
 */
export async function readTimeline(
  { store }: { readonly store: EventStore },
  incident: string,
): Promise<readonly DomainEvent[]> {
  const known = await loadIncident({ store }, incident);
  const merged = known === undefined ? [] : await mergedInto({ store }, known);
  const own = (
    await Promise.all([incident, ...merged.map(({ id }) => id)].map((id) => store.read(id)))
  ).flat();
  const runs = new Set(own.flatMap((event) => (event.type === 'run.linked' ? [event.payload.run] : [])));
  const ofRuns = await Promise.all([...runs].map((run) => store.read(run)));
  // Sorting keeps the order of what happened in the same millisecond.
  return [...own, ...ofRuns.flat()].toSorted((a, b) => (a.at === b.at ? 0 : a.at < b.at ? -1 : 1));
}
