import { holdsAny, type Person } from '../actor.ts';
import { type Refused, refuse } from '../refusal.ts';
import type { IncidentEventBody } from './events.ts';
import { type Incident, isOver } from './incident.ts';

/** What a command on an incident leads to: events to append, or a named refusal. */
export type IncidentDecision =
  | { readonly kind: 'accepted'; readonly events: readonly IncidentEventBody[] }
  | Refused;

/** Who asks, what lets them, and when (ISO). */
export type Asking = {
  readonly person: Person;
  /** Roles that may work on incidents; whoever is its commander may as well. */
  readonly mayRespond: readonly string[];
  readonly now: string;
};

/** Why a person may not work on an incident now, before they are asked for anything; undefined where they may. */
export const refuseToWork = (incident: Incident, asking: Asking): Refused | undefined =>
  refuseOver(incident) ?? refuseStranger(incident, asking);

export const refuseOver = (incident: Incident): Refused | undefined =>
  isOver(incident) ? refuse({ reason: 'incident-over', status: incident.status }) : undefined;

/** Whoever neither commands the incident nor holds a role that works on any. */
export const refuseStranger = ({ roles }: Incident, { person, mayRespond }: Asking): Refused | undefined =>
  roles.commander === person.id || holdsAny(person, mayRespond)
    ? undefined
    : refuse({ reason: 'not-permitted', roles: mayRespond });

export const accept = (...events: IncidentEventBody[]): IncidentDecision => ({ kind: 'accepted', events });

/** Whoever tells what is being done has seen it. */
export const firstResponse = (incident: Incident): readonly IncidentEventBody[] =>
  incident.acknowledged === null ? [{ type: 'incident.acknowledged', payload: {} }] : [];
