import type { IncidentEvent, IncidentEventType } from '../../domain/incident/events.ts';

/** What makes a message of a kind of event new, where the same kind of event had been told of before. */
const MADE_NEW_BY: Readonly<Partial<Record<IncidentEventType, readonly IncidentEventType[]>>> = {
  'update.missed': [
    ...['incident.acknowledged', 'incident.updated', 'severity.changed', 'incident.reopened'],
    ...['role.taken', 'run.linked', 'run.settled', 'rollback.held', 'rollback.triggered', 'rollback.blocked'],
    ...['rollback.released', 'rollback.verified', 'rollback.unverified'],
  ] as readonly IncidentEventType[],
  'rollback.warned': [
    'severity.changed',
    'incident.reopened',
    'rollback.held',
    'rollback.released',
    'incident.updated',
  ],
};

/** The id of the event whose message tells this one too, because nothing else has happened since; else its own. */
export function saidBefore(events: readonly IncidentEvent[], index: number): string {
  const own = events[index];
  const breaking = own && MADE_NEW_BY[own.type];
  if (breaking === undefined) return own?.id ?? '';
  const before = events.slice(0, index);
  const newest = before.findLastIndex(({ type }) => breaking.includes(type));
  const same = before.slice(newest + 1).find(({ type }) => type === own?.type);
  return (same ?? own)?.id ?? '';
}
