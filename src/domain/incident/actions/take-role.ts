import { refuse } from '../../refusal.ts';
import { IncidentRole } from '../events.ts';
import { accept, refuseToWork } from '../may-work.ts';
import { incidentAction } from './action.ts';

/** Who has which role from now on; a role that is not in it stays as it is. */
export type RolesGiven = Readonly<Partial<Record<IncidentRole, string>>>;

/** Takes roles, or gives them to somebody; whoever had one has it no more. */
export const takeRole = incidentAction({
  press: 'take-role',
  words: 'assigning roles',
  whyNot: refuseToWork,
  decide: ({ roles: held }, _asking, { roles }: { readonly roles: RolesGiven }) => {
    const given = IncidentRole.options.flatMap((role) => {
      const user = roles[role];
      return user === undefined ? [] : [{ role, user }];
    });
    const [first] = given;
    const taken = given.filter(({ role, user }) => held[role] !== user);
    if (taken.length > 0)
      return accept(...taken.map((payload) => ({ type: 'role.taken', payload }) as const));
    return refuse({ reason: 'role-taken', role: first?.role ?? '', user: first?.user ?? '' });
  },
});
