import { fileURLToPath } from 'node:url';
import { createCatalog } from '../../src/adapters/playbooks/create-catalog.ts';
import type { Team } from '../../src/domain/team/team.ts';

/** The walkback.yml that comes with Walkback, read as the program reads it. */
export const shippedTeam = (): Promise<Team> =>
  createCatalog({ root: fileURLToPath(new URL('../..', import.meta.url)) }).team();
