import { takeRole as definition } from '../../../domain/incident/actions/take-role.ts';
import { IncidentRole } from '../../../domain/incident/events.ts';
import { isOver } from '../../../domain/incident/incident.ts';
import { incidentRoleWords } from '../../../words/codes.ts';
import { section } from '../../kit/block-kit.ts';
import { BLOCK } from '../../kit/ids.ts';
import { select } from '../../kit/inputs.ts';
import { userPicker } from '../../kit/pickers.ts';
import { mention } from '../../kit/text.ts';
import { valuesOr } from '../forms/order.ts';
import { withForm } from '../forms/with-form.ts';

const ROLE_TEXT: Readonly<Record<IncidentRole, string>> = {
  commander: 'Commander',
  communications: 'Communications',
  scribe: 'Scribe',
  'subject-expert': 'Subject expert',
};

/** Asks who takes which role: at first the person who opened it, and the first role that nobody has. */
export const takeRole = withForm(definition, {
  button: {
    text: 'Roles',
    onCard: {
      when: (incident) => !isOver(incident),
      seen: ({ roles, severity }) => roles.commander === null && severity !== 'P3',
    },
  },
  title: 'Roles',
  heading: ({ id }) => `Roles in ${id}`,
  submit: 'Assign',
  ask: ({ roles }, { person }) => {
    const free = IncidentRole.options.find((role) => roles[role] === null) ?? 'commander';
    const held = IncidentRole.options.map((role) => {
      const user = roles[role];
      return `*${ROLE_TEXT[role]}*: ${user === null ? 'nobody yet' : mention(user)}`;
    });
    return {
      shown: { [BLOCK.role]: free, [BLOCK.user]: person.id },
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
    };
  },
  read: ({ given, user: chosen }) => {
    const role = IncidentRole.safeParse(given(BLOCK.role)).data;
    const user = chosen(BLOCK.user) ?? given(BLOCK.user);
    const errors = {
      ...(role === undefined ? { [BLOCK.role]: 'Choose a role.' } : {}),
      ...(user === '' ? { [BLOCK.user]: 'Choose a person.' } : {}),
    };
    return valuesOr(errors, role && { role, user });
  },
  outcome: ({ id }, { user, role }) => `${mention(user)} is ${incidentRoleWords(role)} of *${id}* now.`,
});
