import type { Actor } from '../../domain/actor.ts';
import { isIncidentEvent } from '../../domain/events.ts';
import type { IncidentEvent, IncidentEventBody } from '../../domain/incident/events.ts';
import { evolveIncident, foldIncident } from '../../domain/incident/evolve.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { IncidentDecision } from '../../domain/incident/may-work.ts';
import { type Refused, refuse } from '../../domain/refusal.ts';
import type { IndexChange } from '../ports/event-store.ts';
import { beginStream, changeStream, type StreamKind, type Streams } from './stream.ts';

export type IncidentChanges = Streams;
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
  switch (answer.outcome) {
    case 'changed':
      return { kind: 'accepted', incident: answer.state, events: answer.events };
    case 'otherwise':
      return answer.decision;
    case 'held':
      throw new Error(`${from.id}: an incident takes no lock`);
  }
}

/** A new incident; `at` in ISO. */
export async function beginIncident(
  deps: Pick<IncidentChanges, 'store'>,
  birth: { readonly at: string; readonly actor: Actor; readonly events: readonly IncidentEventBody[] },
): Promise<Incident> {
  const begun = await beginStream(deps, INCIDENTS, birth);
  if (begun.outcome === 'held') throw new Error('an incident takes no lock');
  return begun.state;
}

function indexChanges(
  incident: Incident | undefined,
  events: readonly IncidentEventBody[],
): readonly IndexChange[] {
  if (incident === undefined) return [{ kind: 'open' }];
  if (events.some(({ type }) => type === 'incident.unmerged')) return [{ kind: 'open' }];
  const isOver = events.some(({ type }) => type === 'incident.closed' || type === 'incident.merged');
  return isOver ? [{ kind: 'close' }] : [];
}

const INCIDENTS: StreamKind<'incident', Incident> = {
  aggregate: 'incident',
  evolve: evolveIncident,
  index: indexChanges,
};
