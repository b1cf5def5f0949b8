import type { Person } from '../../domain/actor.ts';
import { type IncidentPress, whyNotPress } from '../../domain/incident/actions/commands.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { type Refusal, type Refused, refuse } from '../../domain/refusal.ts';
import { respondRoles, type Team } from '../../domain/team/team.ts';
import { recordRefusedPress } from '../../engine/incident/act.ts';
import { toIso } from '../../engine/ports/clock.ts';
import { loadIncident } from '../../engine/streams/incidents.ts';
import type { Listening } from '../door/listening.ts';

/** The incident that is pressed on, as it stands. Whoever may not is refused before they are asked for more, which is recorded. */
export async function beforePress(
  listening: Listening,
  {
    incident: id,
    press,
    person,
    team,
  }: {
    readonly incident: string;
    readonly press: IncidentPress;
    readonly person: Person;
    readonly team: Team;
  },
): Promise<{ readonly kind: 'may'; readonly incident: Incident } | Refused> {
  const incident = await loadIncident(listening, id);
  if (incident === undefined) return refuse({ reason: 'unknown-incident', incident: id });
  const asking = { person, mayRespond: respondRoles(team), now: toIso(listening.clock.now()) };
  const refused = whyNotPress(press, incident, asking, { team, other: undefined });
  if (refused === undefined) return { kind: 'may', incident };
  await recordRefusedPress(listening, { incident: id, person, press, refusal: refused.refusal.reason });
  return refused;
}

/** Keeps that a press was refused for who pressed, before anything else was looked at. */
export const recordStranger = (
  listening: Listening,
  { incident, press }: { readonly incident: string; readonly press: IncidentPress },
  { user, refusal }: { readonly user: string; readonly refusal: Refusal },
): Promise<void> =>
  recordRefusedPress(listening, { incident, press, person: { id: user }, refusal: refusal.reason });
