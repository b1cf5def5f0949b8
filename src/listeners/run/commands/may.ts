import { holdsAny } from '../../../domain/actor.ts';
import type { Who } from '../../door/sub-command.ts';

export const mayRequest = ({ person, team }: Who): boolean => holdsAny(person, team.permissions.request);
export const mayDecide = ({ person, team }: Who): boolean => holdsAny(person, team.permissions.decide);
export const mayUnlock = ({ person, team }: Who): boolean => holdsAny(person, team.permissions.unlock);

/** Whether they are among the approvers of any severity. */
export const mayApprove = ({ person, team }: Who): boolean =>
  Object.values(team.severities).some(({ approval }) => holdsAny(person, approval.roles));
