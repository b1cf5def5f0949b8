import type { Actor } from '../../domain/actor.ts';
import type { DomainEvent } from '../../domain/events.ts';
import type { IncidentEventBody } from '../../domain/incident/events.ts';
import type { Refused } from '../../domain/refusal.ts';
import type { RunEventBody } from '../../domain/run/events.ts';
import { type Clock, toIso } from '../ports/clock.ts';
import type { EventStore, IndexChange, ServiceLock } from '../ports/event-store.ts';

/** What runs and incidents have in common: a state that is the fold of a stream, and indexes kept with it. */
type StreamKind<State, Event extends DomainEvent, Body> = {
  readonly isEvent: (event: DomainEvent) => event is Event;
  readonly evolve: (state: State, event: Event) => State;
  readonly index: (state: State, events: readonly Body[]) => readonly IndexChange[];
};

type StreamChanged<State, Event> =
  | { readonly kind: 'accepted'; readonly state: State; readonly events: readonly Event[] }
  | { readonly kind: 'lock-held'; readonly lock: ServiceLock }
  | Refused;

/**
 * The one way to change anything: decide on the state, append with its version, and where somebody else was first
 * decide again on what came since. A refusal, or a decision without events, appends nothing.
 */
export async function changeStream<
  State extends { readonly id: string; readonly version: number },
  Event extends DomainEvent,
  Body extends RunEventBody | IncidentEventBody,
>(
  { store, clock }: { readonly store: EventStore; readonly clock: Clock },
  kind: StreamKind<State, Event, Body>,
  change: {
    readonly from: State;
    readonly actor: Actor;
    readonly decide: (
      state: State,
      now: string,
    ) => { readonly kind: 'accepted'; readonly events: readonly Body[] } | Refused;
  },
): Promise<StreamChanged<State, Event>> {
  let state = change.from;
  for (;;) {
    const at = toIso(clock.now());
    const decision = change.decide(state, at);
    if (decision.kind === 'refused') return decision;
    if (decision.events.length === 0) return { kind: 'accepted', state, events: [] };
    const result = await store.append({
      stream: state.id,
      expectedVersion: state.version,
      at,
      actor: change.actor,
      events: decision.events,
      index: kind.index(state, decision.events),
    });
    if (result.kind === 'lock-held') return result;
    if (result.kind === 'appended') {
      const events = result.events.filter(kind.isEvent);
      return { kind: 'accepted', state: events.reduce(kind.evolve, state), events };
    }
    const since = await store.read(state.id, state.version);
    state = since.filter(kind.isEvent).reduce(kind.evolve, state);
  }
}
