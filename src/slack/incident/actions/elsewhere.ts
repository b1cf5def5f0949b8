import type { IncidentPress } from '../../../domain/incident/actions/commands.ts';
import type { ActionButton, ActionElsewhere } from './action.ts';

/** Says of something that it has a listener of its own. */
export const elsewhere = <Press extends IncidentPress, Button extends ActionButton | null>(
  { press }: { readonly press: Press },
  { button }: { readonly button: Button },
): ActionElsewhere<Press, Button> => ({ kind: 'elsewhere', press, button });
