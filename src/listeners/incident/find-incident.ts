import type { Incident } from '../../domain/incident/incident.ts';
import { openIncidents } from '../../engine/streams/open-incidents.ts';
import { incidentCardKey } from '../../slack/incident/thread.ts';
import type { Listening } from '../door/listening.ts';

/**
 * The incident that a message belongs to: it stands in the incident's own channel, in the thread under its card, or in
 * the thread that it was declared from. `thread` is the root of the message's thread.
 */
export async function findIncidentAt(
  { store, messages }: Pick<Listening, 'store' | 'messages'>,
  { channel, thread }: { readonly channel: string; readonly thread: string },
): Promise<Incident | undefined> {
  const incidents = await openIncidents({ store });
  const cards = await Promise.all(incidents.map(({ id }) => messages.get(incidentCardKey(id))));
  return incidents.find(({ channel: own, source, reports }, index) => {
    const roots = [cards[index], source, ...reports.map((report) => report.source)];
    return own === channel || roots.some((root) => root?.channel === channel && root.ts === thread);
  });
}
