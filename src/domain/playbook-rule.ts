import type { Playbook } from './playbook.ts';
import type { Finding } from './problem.ts';

/** A rule about what a playbook means; its shape is the schema's matter. */
export type PlaybookRule = {
  readonly name: string;
  readonly check: (playbook: Playbook) => readonly Finding[];
};
