import type { Refused } from '../../refusal.ts';
import type { Incident } from '../incident.ts';
import type { Asking, IncidentDecision } from '../may-work.ts';
import type { ActionContext, IncidentAction, PressDefinition } from './action.ts';
import { INCIDENT_ACTIONS } from './actions.ts';
import { byPress } from './by-press.ts';
import { rollBack } from './roll-back.ts';

type Action = (typeof INCIDENT_ACTIONS)[number];

/** The one name of something that can be pressed on an incident. */
export type IncidentPress = Action['press'];

type FieldsByPress = {
  [Each in Action as Each extends IncidentAction<string, never>
    ? Each['press']
    : never]: Each extends IncidentAction<string, infer Fields> ? Fields : never;
};

/** A press that changes the incident. */
export type CommandPress = keyof FieldsByPress;

/** What a command says beside its press. */
export type FieldsOf<Press extends CommandPress> = FieldsByPress[Press];

/** What a person may do to an incident. */
export type IncidentCommand = {
  [Press in CommandPress]: { readonly press: Press } & FieldsOf<Press>;
}[CommandPress];

type CommandOf<Press extends CommandPress> = { readonly press: Press } & FieldsOf<Press>;

const DEFINITIONS: { readonly [Press in IncidentPress]: PressDefinition<Press> } = byPress(INCIDENT_ACTIONS);
const DECIDED: { readonly [Press in CommandPress]: IncidentAction<Press, FieldsOf<Press>> } =
  byPress(INCIDENT_ACTIONS);

/** To what a command leads. */
export function decideCommand<Press extends CommandPress>(
  incident: Incident,
  asking: Asking,
  command: CommandOf<Press>,
  context: ActionContext,
): IncidentDecision {
  const action = DECIDED[command.press];
  return action.whyNot(incident, asking, context) ?? action.decide(incident, asking, command, context);
}

/** The id of the other incident that a command is about, where it is about one. */
export const otherOf = <Press extends CommandPress>(command: CommandOf<Press>): string | undefined =>
  DECIDED[command.press].other?.(command);

/** Why a person may not press something, before they are asked for more; undefined where they may. */
export const whyNotPress = (
  press: IncidentPress,
  incident: Incident,
  asking: Asking,
  context: ActionContext,
): Refused | undefined => DEFINITIONS[press].whyNot(incident, asking, context);

/** What a person was about who pressed something; of names that older versions gave, the one of today. */
export const pressWords = (press: string): string => {
  const name = isFormer(press) ? rollBack.press : press;
  return INCIDENT_ACTIONS.find((action) => action.press === name)?.words ?? press;
};

/** What were two buttons before they became the one that rolls back. Messages and records outlive versions. */
export const FORMER_PRESSES = ['go-now', 'start-rollback'] as const;
export type FormerPress = (typeof FORMER_PRESSES)[number];

const isFormer = (press: string): boolean => FORMER_PRESSES.some((former) => former === press);

/** The command of a press with its fields. */
export const commandOf = <Press extends CommandPress>(
  press: Press,
  fields: FieldsOf<Press>,
): IncidentCommand => ({ press, ...fields }) as IncidentCommand;

export const isCommandOf = <Press extends CommandPress>(
  press: Press,
  command: IncidentCommand,
): command is IncidentCommand & FieldsOf<Press> => command.press === press;
