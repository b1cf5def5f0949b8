import type { types } from '@slack/bolt';
import type { IncidentPress } from '../../domain/incident/actions/commands.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { actions, type Block, type ButtonLook, button } from '../kit/block-kit.ts';
import { encodeButton } from '../kit/button-values.ts';
import { incidentActionId } from '../kit/ids.ts';
import type { ActionButton, CardRow } from './actions/action.ts';
import { SLACK_ACTIONS } from './actions/actions.ts';

/** A row of what people can do about an incident as it stands; none where they can do nothing. */
export function cardRow(incident: Incident, row: CardRow): readonly Block[] {
  const buttons = SLACK_ACTIONS.flatMap(({ press, button: look }) =>
    look?.onCard.row === row && look.onCard.when(incident)
      ? [incidentButton({ press, button: look }, incident)]
      : [],
  );
  return buttons.length === 0 ? [] : [actions(...buttons)];
}

/** The button of an action; `otherwise` is what is said differently where it stands. */
export function incidentButton(
  { press, button: look }: { readonly press: IncidentPress; readonly button: ActionButton },
  incident: Incident,
  otherwise: Pick<Partial<ButtonLook>, 'text' | 'style'> = {},
): types.Button {
  const { text, style, confirm } = look;
  return button({
    ...{ action: incidentActionId(press), value: encodeButton({ incident: incident.id }), text },
    ...(style === undefined ? {} : { style }),
    ...(confirm === undefined ? {} : { confirm: confirm(incident) }),
    ...otherwise,
  });
}
