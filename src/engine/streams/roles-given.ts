import type { IncidentEvent, IncidentRole } from '../../domain/incident/events.ts';

/**
 * The roles that an event gives to a person, with those that the same press gave them: told as one, by the last of
 * these events. Empty for any other event, and for one that is not the last.
 */
export function rolesGiven(events: readonly IncidentEvent[], index: number): readonly IncidentRole[] {
  const event = events[index];
  if (event?.type === 'incident.declared') return event.payload.commander === null ? [] : ['commander'];
  if (event?.type !== 'role.taken') return [];
  const { user } = event.payload;
  const together = events.flatMap((other) =>
    other.type === 'role.taken' &&
    other.at === event.at &&
    other.payload.user === user &&
    JSON.stringify(other.actor) === JSON.stringify(event.actor)
      ? [other]
      : [],
  );
  return together.at(-1)?.id === event.id ? [...new Set(together.map(({ payload }) => payload.role))] : [];
}
