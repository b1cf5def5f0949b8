import type { LoadedPlaybook } from '../domain/playbook/playbook.ts';
import type { Team } from '../domain/team/team.ts';
import type { Catalog } from './ports/catalog.ts';

/**
 * The catalog for one request or job: walkback.yml and each playbook are read when first asked for, and never again, so
 * that permission, plan and texts come from the same files. What could not be read stays so.
 */
export function snapshotCatalog(catalog: Catalog): Catalog {
  const playbooks = new Map<string, Promise<LoadedPlaybook | undefined>>();
  let reading: Promise<Team> | undefined;
  const team = (): Promise<Team> => {
    reading ??= catalog.team();
    return reading;
  };
  return {
    team,
    playbook: (name) => {
      const known = playbooks.get(name) ?? team().then((read) => catalog.playbook(name, read));
      playbooks.set(name, known);
      return known;
    },
  };
}
