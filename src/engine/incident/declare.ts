import { holdsAny, type Person, personActor } from '../../domain/actor.ts';
import type { IncidentEventPayload } from '../../domain/incident/events.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { scheduleOf } from '../../domain/incident/schedule.ts';
import { similarIncidents } from '../../domain/incident/similar.ts';
import { type Refused, refuse } from '../../domain/refusal.ts';
import { respondRoles } from '../../domain/team/team.ts';
import type { Catalog } from '../ports/catalog.ts';
import { toIso } from '../ports/clock.ts';
import { beginIncident, type IncidentChanges } from '../streams/incidents.ts';
import { openIncidents } from '../streams/open-incidents.ts';

export type Declaration = Omit<IncidentEventPayload<'incident.declared'>, 'schedule'>;
export type IncidentDeclared = { readonly kind: 'declared'; readonly incident: Incident };
/** Nothing was declared: open incidents that it may be, the likeliest first, which it isn't said to be distinct from. */
type MaybeKnown = { readonly kind: 'maybe-known'; readonly alike: readonly Incident[] };

/**
 * Declares an incident: from now on its severity's policy runs. Where it may be one that is open, whoever declares is
 * asked first, before anything is kept or anybody called.
 */
export async function declareIncident(
  { store, clock, catalog }: IncidentChanges & { readonly catalog: Catalog },
  { person, ...declaration }: Declaration & { readonly person: Person },
): Promise<IncidentDeclared | MaybeKnown | Refused> {
  const team = await catalog.team();
  if (!holdsAny(person, respondRoles(team)))
    return refuse({ reason: 'not-permitted', roles: respondRoles(team) });
  const title = declaration.title.trim();
  if (title === '') return refuse({ reason: 'missing-reason' });
  const known = Object.keys(team.services);
  const unknown = declaration.services.find((service) => !known.includes(service));
  if (unknown !== undefined) return refuse({ reason: 'unknown-service', service: unknown, known });
  const now = clock.now();
  const alike = similarIncidents({ ...declaration, title }, await openIncidents({ store }), {
    now: toIso(now),
    team,
  });
  const unasked = alike.filter(({ id }) => !declaration.distinctFrom.includes(id));
  if (unasked.length > 0) return { kind: 'maybe-known', alike };
  const schedule = scheduleOf(team, declaration.severity, now);
  const incident = await beginIncident(
    { store },
    {
      at: toIso(now),
      actor: personActor(person),
      events: [
        {
          type: 'incident.declared',
          payload: { ...declaration, title, impact: declaration.impact.trim(), schedule },
        },
      ],
    },
  );
  return { kind: 'declared', incident };
}
