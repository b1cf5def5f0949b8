import type { Actor } from '../../domain/actor.ts';
import { type AggregateName, type DomainEventBody, type EventOf, isEventOf } from '../../domain/events.ts';
import { type Clock, toIso } from '../ports/clock.ts';
import type { EventStore, IndexChange, ServiceLock } from '../ports/event-store.ts';

/** What a change of a stream needs. */
export type Streams = { readonly store: EventStore; readonly clock: Clock };

type BodyOf<Name extends AggregateName> = Extract<DomainEventBody, { type: EventOf<Name>['type'] }>;

/** What aggregates have in common: a state that is the fold of a stream, and indexes kept with it. */
export type StreamKind<Name extends AggregateName, State> = {
  readonly aggregate: Name;
  readonly evolve: (state: State | undefined, event: EventOf<Name>) => State;
  /** What an append changes in the indexes; `state` is the one decided on, undefined at the birth. */
  readonly index: (state: State | undefined, events: readonly BodyOf<Name>[]) => readonly IndexChange[];
};

type Accepting<Name extends AggregateName> = {
  readonly kind: 'accepted';
  readonly events: readonly BodyOf<Name>[];
};

type Changed<Name extends AggregateName, State> = {
  readonly outcome: 'changed';
  readonly state: State;
  readonly events: readonly EventOf<Name>[];
};
type Held = { readonly outcome: 'held'; readonly lock: ServiceLock };
/** What a decision was beside accepted: a refusal, too early, somebody was faster. */
type Otherwise<Decided> = {
  readonly outcome: 'otherwise';
  readonly decision: Exclude<Decided, { readonly kind: 'accepted' }>;
};

/**
 * The one way to change anything: decide on the state, append with its version, and where somebody else was first
 * decide again on what came since. Whatever a decision is beside accepted appends nothing and is handed back as it is;
 * nor does a decision without events.
 */
export async function changeStream<
  Name extends AggregateName,
  State extends { readonly id: string; readonly version: number },
  Decided extends Accepting<Name> | { readonly kind: string; readonly events?: never },
>(
  { store, clock }: Streams,
  kind: StreamKind<Name, State>,
  change: {
    readonly from: State;
    readonly actor: Actor;
    readonly decide: (state: State, now: string) => Decided;
  },
): Promise<Changed<Name, State> | Held | Otherwise<Decided>> {
  const isOwn = isEventOf(kind.aggregate);
  let state = change.from;
  for (;;) {
    const at = toIso(clock.now());
    const decision = change.decide(state, at);
    const { events } = decision;
    if (events === undefined)
      return { outcome: 'otherwise', decision: decision as Otherwise<Decided>['decision'] };
    if (events.length === 0) return { outcome: 'changed', state, events: [] };
    const result = await store.append({
      stream: state.id,
      expectedVersion: state.version,
      at,
      actor: change.actor,
      events,
      index: kind.index(state, events),
    });
    if (result.kind === 'lock-held') return { outcome: 'held', lock: result.lock };
    if (result.kind === 'appended') {
      const appended = result.events.filter(isOwn);
      return { outcome: 'changed', state: appended.reduce<State>(kind.evolve, state), events: appended };
    }
    const since = await store.read(state.id, state.version);
    state = since.filter(isOwn).reduce<State>(kind.evolve, state);
  }
}

/** The birth of a stream, under an id of its own. */
export async function beginStream<Name extends AggregateName, State>(
  { store }: Pick<Streams, 'store'>,
  kind: StreamKind<Name, State>,
  birth: { readonly at: string; readonly actor: Actor; readonly events: readonly BodyOf<Name>[] },
): Promise<Changed<Name, State> | Held> {
  const stream = await store.nextId(kind.aggregate);
  const index = kind.index(undefined, birth.events);
  const result = await store.append({ stream, expectedVersion: 0, ...birth, index });
  if (result.kind === 'lock-held') return { outcome: 'held', lock: result.lock };
  const events = result.kind === 'appended' ? result.events.filter(isEventOf(kind.aggregate)) : [];
  const state = events.reduce<State | undefined>(kind.evolve, undefined);
  if (state === undefined)
    throw new Error(`${stream}: a fresh id was already in use; the counter and the streams disagree`);
  return { outcome: 'changed', state, events };
}
