import type { Incident } from '../../domain/incident/incident.ts';
import { mergedInto } from '../../engine/streams/incident-of.ts';
import { openIncidents } from '../../engine/streams/open-incidents.ts';
import { incidentCardKey } from '../../slack/incident/thread.ts';
import type { Listening } from '../door/listening.ts';

/**
 * The incident that a message belongs to: it stands in the incident's own channel, in the thread under its card, or in
 * the thread that it was declared from; where it was merged, to the one that it goes on as. `thread` is the root of the message's thread.
 */
export async function findIncidentAt(
  { store, messages }: Pick<Listening, 'store' | 'messages'>,
  { channel, thread }: { readonly channel: string; readonly thread: string },
): Promise<Incident | undefined> {
  const incidents = await openIncidents({ store });
  const parts = await Promise.all(
    incidents.map(async (incident) => [incident, ...(await mergedInto({ store }, incident))]),
  );
  const places = await Promise.all(
    parts.map((all) => Promise.all(all.map((part) => placesOf(part, { messages })))),
  );
  return incidents.find((_, index) =>
    places[index]?.some(
      ({ own, roots }) =>
        own === channel || roots.some((root) => root?.channel === channel && root.ts === thread),
    ),
  );
}

const placesOf = async (
  { id, channel: own, source, reports }: Incident,
  { messages }: Pick<Listening, 'messages'>,
) => ({
  own,
  roots: [await messages.get(incidentCardKey(id)), source, ...reports.map((report) => report.source)],
});
