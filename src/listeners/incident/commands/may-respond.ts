import { holdsAny } from '../../../domain/actor.ts';
import { respondRoles } from '../../../domain/team/team.ts';
import type { Who } from '../../door/sub-command.ts';

/** Whether they may declare incidents and work on them. */
export const mayRespond = ({ person, team }: Who): boolean => holdsAny(person, respondRoles(team));
