import { type IncidentEvent, parseIncidentEvent } from './incident/events.ts';
import { parseRunEvent, type RunEvent } from './run/events.ts';

/**
 * What has a stream of events of its own: the prefix of its streams' ids, and how its events are parsed. Whatever
 * tells aggregates apart asks here, and is a compile error until it handles each.
 */
const aggregates = {
  run: { prefix: 'RUN', parse: parseRunEvent },
  incident: { prefix: 'INC', parse: parseIncidentEvent },
} as const;

export type AggregateName = keyof typeof aggregates;

/** An event of one aggregate's stream. */
export type EventOf<Name extends AggregateName> = ReturnType<(typeof aggregates)[Name]['parse']>;

/** An event of any stream: of a run (RUN-31) or of an incident (INC-12). */
export type DomainEvent = EventOf<AggregateName>;

type BodyOf<Event extends DomainEvent> = Event extends unknown ? Pick<Event, 'type' | 'payload'> : never;
/** What a decision says happened; the shell adds who and when. */
export type DomainEventBody = BodyOf<DomainEvent>;

const AGGREGATES = Object.keys(aggregates) as readonly AggregateName[];

/** What an id of this aggregate's streams begins with, such as RUN. */
export const prefixOf = (aggregate: AggregateName): string => aggregates[aggregate].prefix;

/** Which aggregate a stream is of, by its id. Throws for one that is none: a bug. */
export function aggregateOf(stream: string): AggregateName {
  const prefix = stream.slice(0, stream.lastIndexOf('-'));
  const found = AGGREGATES.find((name) => prefixOf(name) === prefix);
  if (found === undefined) throw new Error(`${stream} is the stream of no aggregate`);
  return found;
}

/** Whether an event belongs to this aggregate. */
export const isEventOf =
  <Name extends AggregateName>(aggregate: Name) =>
  (event: DomainEvent): event is Extract<DomainEvent, EventOf<Name>> =>
    aggregateOf(event.stream) === aggregate;

export const isRunEvent: (event: DomainEvent) => event is RunEvent = isEventOf('run');
export const isIncidentEvent: (event: DomainEvent) => event is IncidentEvent = isEventOf('incident');

/** Does with an event what its aggregate wants done. */
export function byAggregate<Result>(
  event: DomainEvent,
  handlers: { readonly [Name in AggregateName]: (event: EventOf<Name>) => Result },
): Result {
  // The handler of the event's own aggregate takes it, which the compiler can't see.
  const handle = handlers[aggregateOf(event.stream)] as (event: DomainEvent) => Result;
  return handle(event);
}

/** Parses what comes back from the event store, of the stream it was read from; a broken event is a bug and throws. */
export function parseEvent(raw: unknown): DomainEvent {
  const stream = typeof raw === 'object' && raw !== null && 'stream' in raw ? String(raw.stream) : '';
  return aggregates[aggregateOf(stream)].parse(raw);
}
