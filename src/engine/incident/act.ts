import { type Person, personActor } from '../../domain/actor.ts';
import type { IncidentRole, WorkingStatus } from '../../domain/incident/events.ts';
import { type Incident, isOver } from '../../domain/incident/incident.ts';
import {
  type Asking,
  decideAcknowledge,
  decideChangeSeverity,
  decideGoNow,
  decideHoldLadder,
  decideHoldRollback,
  decideMerge,
  decideNote,
  decideReopen,
  decideResolve,
  decideTakeRole,
  decideUpdate,
  type IncidentDecision,
} from '../../domain/incident/may-work.ts';
import { scheduleOf } from '../../domain/incident/schedule.ts';
import { type Refused, refuse } from '../../domain/refusal.ts';
import type { Severity } from '../../domain/severity.ts';
import { respondRoles, type Team } from '../../domain/team/team.ts';
import type { Catalog } from '../ports/catalog.ts';
import {
  changeIncident,
  type IncidentChanged,
  type IncidentChanges,
  loadIncident,
} from '../streams/incidents.ts';

/** What a person may do to an incident. */
export type IncidentCommand =
  | { readonly press: 'acknowledge' }
  | {
      readonly press: 'update';
      readonly status: WorkingStatus;
      readonly done: string;
      readonly next: string;
      readonly eta: string;
    }
  | { readonly press: 'change-severity'; readonly to: Severity; readonly reason: string }
  | { readonly press: 'take-role'; readonly role: IncidentRole; readonly user: string }
  | { readonly press: 'hold-ladder'; readonly forMs: number; readonly reason: string }
  | { readonly press: 'hold-rollback'; readonly reason: string }
  | { readonly press: 'go-now' }
  | {
      readonly press: 'note';
      readonly text: string;
      readonly by: string;
      readonly permalink: string;
      readonly message: { readonly channel: string; readonly ts: string };
    }
  | { readonly press: 'merge'; readonly into: string }
  | { readonly press: 'resolve'; readonly summary: string }
  | { readonly press: 'reopen'; readonly reason: string };

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
  const noTarget = command.press === 'merge' ? await refuseTarget(deps, command.into) : undefined;
  const answer = await changeIncident(deps, {
    incident,
    actor: personActor(person),
    decide: (state, now) =>
      noTarget ?? decide(state, { person, mayRespond: respondRoles(team), now }, command, team),
  });
  if (answer.kind === 'refused') {
    const { reason } = answer.refusal;
    await recordRefusedPress(deps, { incident, person, press: command.press, refusal: reason });
  }
  return answer;
}

/** Merged into one that is over, it would be forgotten. */
async function refuseTarget(deps: IncidentChanges, id: string): Promise<Refused | undefined> {
  const into = await loadIncident(deps, id);
  if (into === undefined) return refuse({ reason: 'unknown-incident', incident: id });
  return isOver(into) ? refuse({ reason: 'incident-over', status: into.status }) : undefined;
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
    readonly press: string;
    readonly refusal: string;
  },
): Promise<void> {
  await changeIncident(deps, {
    incident,
    actor: personActor(person),
    decide: () => ({ kind: 'accepted', events: [{ type: 'press.refused', payload: { press, refusal } }] }),
  });
}

function decide(incident: Incident, asking: Asking, command: IncidentCommand, team: Team): IncidentDecision {
  const from = Date.parse(asking.now);
  switch (command.press) {
    case 'acknowledge':
      return decideAcknowledge(incident, asking);
    case 'update':
      return decideUpdate(incident, { ...asking, ...command });
    case 'change-severity':
      return decideChangeSeverity(incident, {
        ...asking,
        ...command,
        schedule: scheduleOf(team, command.to, from),
      });
    case 'take-role':
      return decideTakeRole(incident, { ...asking, ...command });
    case 'hold-ladder':
      return decideHoldLadder(incident, { ...asking, ...command });
    case 'hold-rollback':
      return decideHoldRollback(incident, { ...asking, ...command });
    case 'go-now':
      return decideGoNow(incident, {
        ...asking,
        mayApprove: team.severities[incident.severity]?.approval.roles ?? [],
      });
    case 'note':
      return decideNote(incident, { ...asking, ...command });
    case 'merge':
      return decideMerge(incident, { ...asking, ...command });
    case 'resolve':
      return decideResolve(incident, { ...asking, ...command });
    case 'reopen':
      return decideReopen(incident, {
        ...asking,
        ...command,
        schedule: scheduleOf(team, incident.severity, from),
      });
  }
}
