import { takeRole as definition, type RolesGiven } from '../../../domain/incident/actions/take-role.ts';
import { IncidentRole } from '../../../domain/incident/events.ts';
import { isOver } from '../../../domain/incident/incident.ts';
import { incidentRoleWords } from '../../../words/codes.ts';
import { context } from '../../kit/block-kit.ts';
import { BLOCK, roleBlock } from '../../kit/ids.ts';
import { checkboxes } from '../../kit/inputs.ts';
import { userPicker } from '../../kit/pickers.ts';
import { mention } from '../../kit/text.ts';
import { type FormAnswers, valuesOr } from '../forms/order.ts';
import { withForm } from '../forms/with-form.ts';

const ROLE_TEXT: Readonly<Record<IncidentRole, string>> = {
  commander: 'Commander: leads until it is over',
  communications: 'Communications: writes the updates',
  scribe: 'Scribe: keeps the timeline',
  'subject-expert': 'Subject expert: knows the service',
};

/** Every role with whoever has it, to be changed in one go; what the person takes is ticked, whom they give one is chosen. */
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
    const others = IncidentRole.options.filter((role) => roles[role] !== person.id);
    const held = IncidentRole.options.flatMap((role) => {
      const user = roles[role];
      return user === null ? [] : [[roleBlock(role), user] as const];
    });
    return {
      shown: { [BLOCK.take]: person.id, ...Object.fromEntries(held) },
      blocks: [
        ...(others.length === 0
          ? []
          : [
              checkboxes({
                block: BLOCK.take,
                label: 'You take',
                choices: others.map((role) => ({ value: role, text: ROLE_TEXT[role] })),
                ticked: [],
              }),
            ]),
        ...IncidentRole.options.map((role) =>
          userPicker({
            block: roleBlock(role),
            label: nameOf(role),
            optional: true,
            initial: roles[role] ?? undefined,
          }),
        ),
        context('Whoever is given a role is told. One that you empty stays with whoever has it.'),
      ],
    };
  },
  read: (answers) => {
    const chosen = chosenRoles(answers);
    const taker = answers.given(BLOCK.take);
    const taken = IncidentRole.options.filter((role) => answers.ticked(BLOCK.take).includes(role));
    const roles = { ...chosen, ...Object.fromEntries(taken.map((role) => [role, taker])) };
    const twice = taken.filter((role) => chosen[role] !== undefined && chosen[role] !== taker);
    const errors =
      Object.keys(roles).length === 0
        ? {
            [roleBlock('commander')]:
              'Nothing has changed. Tick what you take, or choose somebody for a role.',
          }
        : Object.fromEntries(
            twice.map((role) => [roleBlock(role), 'You have ticked that you take this one. Which is it?']),
          );
    return valuesOr(errors, { roles });
  },
  outcome: ({ id }, { roles }) => `${assigned(roles)} of *${id}* now.`,
});

/** What was left as it stood when the form was opened is no wish: somebody may have been faster meanwhile. */
const chosenRoles = ({ user, given }: FormAnswers): RolesGiven =>
  Object.fromEntries(
    IncidentRole.options.flatMap((role) => {
      const chosen = user(roleBlock(role));
      return chosen && chosen !== given(roleBlock(role)) ? [[role, chosen]] : [];
    }),
  );

const nameOf = (role: IncidentRole): string => ROLE_TEXT[role].split(':')[0] ?? role;

const assigned = (roles: RolesGiven): string =>
  IncidentRole.options
    .flatMap((role) => {
      const user = roles[role];
      return user === undefined ? [] : [`${mention(user)} is ${incidentRoleWords(role)}`];
    })
    .join(', ');
