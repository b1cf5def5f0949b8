import { refuse } from '../../refusal.ts';
import type { IncidentRole } from '../events.ts';
import { accept, refuseToWork } from '../may-work.ts';
import { incidentAction } from './action.ts';

type Fields = { readonly role: IncidentRole; readonly user: string };

/** Takes a role, or gives it to somebody; whoever had it has it no more. */
export const takeRole = incidentAction({
  press: 'take-role',
  words: 'assigning a role',
  whyNot: refuseToWork,
  decide: ({ roles }, _asking, { role, user }: Fields) =>
    roles[role] === user
      ? refuse({ reason: 'role-taken', role, user })
      : accept({ type: 'role.taken', payload: { role, user } }),
});
