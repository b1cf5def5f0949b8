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
    const [, said = '', whom = 'me'] = /^([a-z -]+?)(?: (me|@\S+))?$/i.exec(typedName(text)) ?? [];
    const name = said.toLowerCase().replaceAll(' ', '-');
    const role = CALLED.get(name) ?? IncidentRole.safeParse(name).data;
    // A name as people type it, such as @walter, is nobody's id: the form asks whom.
    const user = whom.toLowerCase() === 'me' ? person.id : /^@([UW][A-Z0-9]+)$/.exec(whom)?.[1];
    return role === undefined || user === undefined
      ? { kind: 'form', prefill: {} }
      : { kind: 'command', command: { press: 'take-role', roles: { [role]: user } } };
  },
});
