import type { z } from 'zod';
import { type CommandPress, commandOf, type FieldsOf } from '../../../domain/incident/actions/commands.ts';
import type { IncidentButton } from '../../kit/button-values.ts';
import type { ActionButton, AtOnceAction } from './action.ts';

/** Defines an action that is done at once, from what its button carries. */
export const atOnce = <
  Press extends CommandPress,
  Button extends ActionButton | null,
  Carried extends IncidentButton,
>(
  { press }: { readonly press: Press },
  {
    button,
    carries,
    fields,
  }: {
    /** null: drawn where it stands, since it is never the same. */
    readonly button: Button;
    readonly carries: z.ZodType<Carried>;
    readonly fields: (carried: Carried) => FieldsOf<Press>;
  },
): AtOnceAction<Press, Button> => ({
  ...{ kind: 'at-once', press, button },
  order: carries.transform((carried) => ({
    incident: carried.incident,
    command: commandOf(press, fields(carried)),
  })),
});
