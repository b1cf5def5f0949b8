import { type Person, personActor } from '../../domain/actor.ts';
import {
  decideCommand,
  type IncidentCommand,
  type IncidentPress,
  otherOf,
} from '../../domain/incident/actions/commands.ts';
import type { Refused } from '../../domain/refusal.ts';
import { respondRoles } from '../../domain/team/team.ts';
import type { Catalog } from '../ports/catalog.ts';
import {
  changeIncident,
  type IncidentChanged,
  type IncidentChanges,
  loadIncident,
} from '../streams/incidents.ts';

export type ActingOnIncidents = IncidentChanges & { readonly catalog: Catalog };

/** A person's press or command on an incident. One that doesn't count is refused, and recorded on the incident. */
export async function actOnIncident(
  deps: ActingOnIncidents,
  {
    incident,
    person,
    command,
  }: {
    readonly incident: string;
    readonly person: Person;
    readonly command: IncidentCommand;
  },
): Promise<IncidentChanged | Refused> {
  const team = await deps.catalog.team();
  const named = otherOf(command);
  const other = named === undefined ? undefined : await loadIncident(deps, named);
  const answer = await changeIncident(deps, {
    incident,
    actor: personActor(person),
    decide: (state, now) =>
      decideCommand(state, { person, mayRespond: respondRoles(team), now }, command, { team, other }),
  });
  if (answer.kind === 'refused') {
    const { reason } = answer.refusal;
    await recordRefusedPress(deps, { incident, person, press: command.press, refusal: reason });
  }
  return answer;
}

/** Keeps a press that did not count on the incident's record; where there is no such incident, nowhere. */
export async function recordRefusedPress(
  deps: IncidentChanges,
  {
    incident,
    person,
    press,
    refusal,
  }: {
    readonly incident: string;
    readonly person: Pick<Person, 'id'>;
    readonly press: IncidentPress;
    readonly refusal: string;
  },
): Promise<void> {
  await changeIncident(deps, {
    incident,
    actor: personActor(person),
    decide: () => ({ kind: 'accepted', events: [{ type: 'press.refused', payload: { press, refusal } }] }),
  });
}
