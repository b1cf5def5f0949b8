import type { Partly } from '../problem/partly.ts';
import type { Finding } from '../problem/problem.ts';
import type { Playbook } from './playbook.ts';

/** A rule about what a playbook means; its shape is the schema's matter, and what has a wrong shape is skipped. */
export type PlaybookRule = {
  readonly name: string;
  readonly check: (playbook: Partly<Playbook>) => readonly Finding[];
};
