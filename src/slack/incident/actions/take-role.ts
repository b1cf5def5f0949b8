import { IncidentRole } from '../../../domain/incident/events.ts';
import type { Incident } from '../../../domain/incident/incident.ts';
import { type Modal, modal, section } from '../../kit/block-kit.ts';
import { BLOCK, VIEW } from '../../kit/ids.ts';
import { select } from '../../kit/inputs.ts';
import type { ParsedForm } from '../../kit/parsed-form.ts';
import { userPicker } from '../../kit/pickers.ts';
import { mention } from '../../kit/text.ts';
import { type IncidentOrder, orderMetadata, orderOr, readOrder } from '../forms/order.ts';

const ROLE_TEXT: Readonly<Record<IncidentRole, string>> = {
  commander: 'Commander',
  communications: 'Communications',
  scribe: 'Scribe',
  'subject-expert': 'Subject expert',
};

/** Asks who takes which role: at first the person who opened it, and the first role that nobody has. */
export function rolesFormView(incident: Incident, person: { readonly id: string }): Modal {
  const free = IncidentRole.options.find((role) => incident.roles[role] === null) ?? 'commander';
  const held = IncidentRole.options.map((role) => {
    const user = incident.roles[role];
    return `*${ROLE_TEXT[role]}*: ${user === null ? 'nobody yet' : mention(user)}`;
  });
  return modal({
    callback: VIEW.rolesForm,
    title: `Roles in ${incident.id}`,
    submit: 'Assign',
    close: 'Cancel',
    metadata: orderMetadata(incident.id, { [BLOCK.role]: free, [BLOCK.user]: person.id }),
    blocks: [
      section(held.join('\n')),
      select({
        block: BLOCK.role,
        label: 'Role',
        choices: IncidentRole.options.map((role) => ({ value: role, text: ROLE_TEXT[role] })),
        initial: free,
      }),
      userPicker({
        block: BLOCK.user,
        label: 'Who?',
        hint: 'You, unless you choose somebody else.',
        initial: person.id,
      }),
    ],
  });
}

export function parseRolesForm(view: unknown): ParsedForm<IncidentOrder> {
  const { given, user: chosen, incident } = readOrder(view);
  const role = IncidentRole.safeParse(given(BLOCK.role)).data;
  const user = chosen(BLOCK.user) ?? given(BLOCK.user);
  const errors = {
    ...(role === undefined ? { [BLOCK.role]: 'Choose a role.' } : {}),
    ...(user === '' ? { [BLOCK.user]: 'Choose a person.' } : {}),
  };
  return orderOr(errors, role && { incident, command: { press: 'take-role', role, user } });
}
