import { expect } from 'vitest';
import type { Person } from '../../src/domain/actor.ts';
import type { SimulatedIncident } from './simulate-incident.ts';

export const COMMANDER: Person = { id: 'U0COMMANDER', roles: [] };
export const RESPONDER: Person = { id: 'U0RESPONDER', roles: ['responder'] };
export const ADMIN: Person = { id: 'U0ADMIN', roles: ['admin'] };
export const NOBODY: Person = { id: 'U0NOBODY', roles: [] };

/** An update of somebody who has found it. */
export const FOUND_IT = {
  press: 'update',
  status: 'identified',
  done: ' Found it ',
  next: 'Mend it',
  eta: '',
} as const;
export const RESOLVE = { press: 'resolve', summary: 'Rolled back' } as const;

export const refused = (reason: string) => ({
  kind: 'refused',
  refusal: expect.objectContaining({ reason }),
});

/** What an incident told so far that has one of these words in it. */
export const about = (incident: SimulatedIncident, ...words: readonly string[]) =>
  incident.told().filter((line) => words.some((word) => line.includes(word)));
