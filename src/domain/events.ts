import { type IncidentEvent, incidentEventPayloads, parseIncidentEvent } from './incident/events.ts';
import { parseRunEvent, type RunEvent } from './run/events.ts';

/** An event of any stream: of a run (RUN-31) or of an incident (INC-12). */
export type DomainEvent = RunEvent | IncidentEvent;

export const isIncidentEvent = (event: DomainEvent): event is IncidentEvent =>
  event.type in incidentEventPayloads;
export const isRunEvent = (event: DomainEvent): event is RunEvent => !isIncidentEvent(event);

/** Parses what comes back from the event store; a broken event is a bug and throws. */
export function parseEvent(raw: unknown): DomainEvent {
  const type = typeof raw === 'object' && raw !== null && 'type' in raw ? String(raw.type) : '';
  return type in incidentEventPayloads ? parseIncidentEvent(raw) : parseRunEvent(raw);
}
