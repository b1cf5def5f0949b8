import { byPress } from '../../../domain/incident/actions/by-press.ts';
import type { IncidentPress } from '../../../domain/incident/actions/commands.ts';
import type { FormAction, SlackAction } from './action.ts';
import { SLACK_ACTIONS } from './actions.ts';

/** What asks for more first. */
export type FormPress = Extract<(typeof SLACK_ACTIONS)[number], { readonly kind: 'form' }>['press'];

/** What has a listener of its own. */
export type ElsewherePress = Extract<(typeof SLACK_ACTIONS)[number], { readonly kind: 'elsewhere' }>['press'];

/** What the domain knows and people can't reach doesn't compile: it is missing in actions.ts. */
type EveryAction = { readonly [Press in IncidentPress]: SlackAction };

const ACTIONS = byPress(SLACK_ACTIONS) satisfies EveryAction;

export const formAction = (press: FormPress): FormAction => ACTIONS[press];
