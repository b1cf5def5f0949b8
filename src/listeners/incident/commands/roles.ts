import { IncidentRole } from '../../../domain/incident/events.ts';
import { typedName } from '../../../domain/typed-name.ts';
import { formCommand } from './form-command.ts';

const CALLED: ReadonlyMap<string, IncidentRole> = new Map([
  ['comms', 'communications'],
  ['expert', 'subject-expert'],
]);

/** "commander" takes that role, "commander @U9KIM" gives it; without words, or with others, the form has all of them. */
export const roles = formCommand({
  word: 'roles',
  text: 'ROLE',
  form: 'take-role',
  does: 'who leads, writes and keeps notes; take a role, or give it',
  fromText: async (text, _incident, { person }) => {
    const said =
      /^(?<name>[a-z -]+?)(?: (?:me|@(?<user>[UW][A-Z0-9]+)))?$/i.exec(typedName(text))?.groups ?? {};
    const name = (said['name'] ?? '').toLowerCase().replaceAll(' ', '-');
    const role = CALLED.get(name) ?? IncidentRole.safeParse(name).data;
    return role === undefined
      ? { kind: 'form', prefill: {} }
      : { kind: 'command', command: { press: 'take-role', roles: { [role]: said['user'] ?? person.id } } };
  },
});
