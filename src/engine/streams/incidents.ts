import type { Actor } from '../../domain/actor.ts';
import { isIncidentEvent } from '../../domain/events.ts';
import type { IncidentEvent, IncidentEventBody } from '../../domain/incident/events.ts';
import { evolveIncident, foldIncident } from '../../domain/incident/evolve.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { IncidentDecision } from '../../domain/incident/may-work.ts';
import { type Refused, refuse } from '../../domain/refusal.ts';
import type { Clock } from '../ports/clock.ts';
import type { EventStore, IndexChange } from '../ports/event-store.ts';
import { changeStream } from './stream.ts';

export type IncidentChanges = { readonly store: EventStore; readonly clock: Clock };
export type IncidentChanged = {
  readonly kind: 'accepted';
  readonly incident: Incident;
  readonly events: readonly IncidentEvent[];
};

/** An incident as it stands, or undefined when there is none of that id. */
export async function loadIncident(
  { store }: Pick<IncidentChanges, 'store'>,
  id: string,
): Promise<Incident | undefined> {
  return foldIncident(await incidentEvents({ store }, id));
}

/** Everything that happened to an incident, in order; an empty list for an unknown one. */
export async function incidentEvents(
  { store }: Pick<IncidentChanges, 'store'>,
  id: string,
): Promise<readonly IncidentEvent[]> {
  return (await store.read(id)).filter(isIncidentEvent);
}

/** Changes an incident: decided on its present state. A refusal appends nothing. */
export async function changeIncident(
  deps: IncidentChanges,
  change: {
    readonly incident: string;
    readonly actor: Actor;
    readonly decide: (incident: Incident, now: string) => IncidentDecision;
  },
): Promise<IncidentChanged | Refused> {
  const from = await loadIncident(deps, change.incident);
  if (from === undefined) return refuse({ reason: 'unknown-incident', incident: change.incident });
  const { actor, decide } = change;
  const answer = await changeStream(deps, INCIDENTS, { from, actor, decide });
  if (answer.kind === 'lock-held') throw new Error(`${from.id}: an incident takes no lock`);
  return answer.kind === 'refused'
    ? answer
    : { kind: 'accepted', incident: answer.state, events: answer.events };
}

const indexChanges = (_: Incident, events: readonly IncidentEventBody[]): readonly IndexChange[] =>
  events.some(({ type }) => type === 'incident.closed' || type === 'incident.merged')
    ? [{ kind: 'close' }]
    : [];

const INCIDENTS = { isEvent: isIncidentEvent, evolve: evolveIncident, index: indexChanges };
