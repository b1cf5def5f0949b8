import type { Refused } from '../../refusal.ts';
import type { Team } from '../../team/team.ts';
import type { Incident } from '../incident.ts';
import type { Asking, IncidentDecision } from '../may-work.ts';

/** What actions know beside the incident, who asks and what for. */
export type ActionContext = {
  readonly team: Team;
  /** The other incident that a command names, where it names one and there is such. */
  readonly other: Incident | undefined;
};

/** Something that a person presses on an incident. */
export type PressDefinition<Press extends string> = {
  /** Its one name: of the button, the form, the command and the record of a refused press. */
  readonly press: Press;
  /** What the person was about, as the timeline says it of one who was refused. */
  readonly words: string;
  /** Why they may not, before they are asked for anything; undefined where they may. */
  readonly whyNot: (incident: Incident, asking: Asking, context: ActionContext) => Refused | undefined;
};

/** A press that changes the incident, by a command with these fields. */
export type IncidentAction<Press extends string, Fields extends object> = PressDefinition<Press> & {
  /** To what it leads, once `whyNot` has said nothing against it. */
  readonly decide: (
    incident: Incident,
    asking: Asking,
    command: Fields,
    context: ActionContext,
  ) => IncidentDecision;
  /** The id of the other incident that it is about, for the context. */
  readonly other?: (command: Fields) => string;
};

/** Defines an action; its press and its fields are read from the definition. */
export const incidentAction = <const Press extends string, Fields extends object>(
  definition: IncidentAction<Press, Fields>,
): IncidentAction<Press, Fields> => definition;
