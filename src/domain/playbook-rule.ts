import type { Partly } from './partly.ts';
import type { Playbook } from './playbook.ts';
import type { Finding } from './problem.ts';

/** A rule about what a playbook means; its shape is the schema's matter, and what has a wrong shape is skipped. */
export type PlaybookRule = {
  readonly name: string;
  readonly check: (playbook: Partly<Playbook>) => readonly Finding[];
};
