import { allRead, type Partly } from '../problem/partly.ts';
import type { Playbook } from './playbook.ts';

/** The names of all parameters, or undefined where one could not be read: then nothing is known to be unknown. */
export const parameterNames = ({ parameters }: Partly<Playbook>): readonly string[] | undefined =>
  allRead(parameters?.map((parameter) => parameter?.name));
