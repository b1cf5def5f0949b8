import type { types } from '@slack/bolt';
import type { IncidentPress } from '../../domain/incident/actions/commands.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { actions, type Block, type ButtonLook, button, folded } from '../kit/block-kit.ts';
import { encodeButton } from '../kit/button-values.ts';
import { ACTION, incidentActionId } from '../kit/ids.ts';
import type { ActionButton } from './actions/action.ts';
import { SLACK_ACTIONS } from './actions/actions.ts';

type Pressable = { readonly press: IncidentPress; readonly button: ActionButton };

/** More to look at, and nobody sees the one that matters. */
const MOST = 5;

/**
 * What people can do about an incident as it stands, at most five to look at: those that matter now, the rest folded
 * behind the last. None where they can do nothing.
 */
export function cardButtons(incident: Incident): readonly Block[] {
  const possible: readonly Pressable[] = SLACK_ACTIONS.flatMap(({ press, button: look }) =>
    look?.onCard.when(incident) ? [{ press, button: look }] : [],
  );
  const seen = possible.filter(({ button: { onCard } }) => onCard.seen?.(incident)).slice(0, MOST - 1);
  const rest = possible.filter((action) => !seen.includes(action));
  const draw = (action: Pressable): types.Button => incidentButton(action, incident);
  if (possible.length === 0) return [];
  return possible.length <= MOST
    ? [actions(...possible.map(draw))]
    : [actions(...seen.map(draw), folded(ACTION.more, rest.map(draw)))];
}

/** The button of an action; `otherwise` is what is said differently where it stands. */
export function incidentButton(
  { press, button: { text, style, look, carries } }: Pressable,
  incident: Incident,
  otherwise: Pick<Partial<ButtonLook>, 'text' | 'style'> = {},
): types.Button {
  return button({
    action: incidentActionId(press),
    value: encodeButton({ incident: incident.id, ...carries?.(incident) }),
    text,
    ...(style === undefined ? {} : { style }),
    ...look?.(incident),
    ...otherwise,
  });
}
