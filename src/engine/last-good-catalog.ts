import type { LoadedPlaybook } from '../domain/playbook/playbook.ts';
import { ConfigurationBroken } from '../domain/problem/configuration-broken.ts';
import type { Team } from '../domain/team/team.ts';
import type { Catalog } from './ports/catalog.ts';
import type { Log } from './ports/log.ts';

/**
 * The catalog for telling people, as it was when it could last be read: an escalation must not wait for whoever saved
 * walkback.yml broken. What decides or plans takes the catalog itself. Throws ConfigurationBroken for what could never
 * be read.
 */
export function lastGoodCatalog(catalog: Catalog, log: Log): Catalog {
  const playbooks = new Map<string, LastGood<LoadedPlaybook | undefined>>();
  const team: LastGood<Team> = lastGood(log);
  return {
    team: () => team(catalog.team),
    playbook: (name, heldAgainst) => {
      const last = playbooks.get(name) ?? lastGood(log);
      playbooks.set(name, last);
      return last(() => catalog.playbook(name, heldAgainst));
    },
  };
}

type LastGood<Value> = (read: () => Promise<Value>) => Promise<Value>;

function lastGood<Value>(log: Log): LastGood<Value> {
  let last: { readonly value: Value } | undefined;
  let told = '';
  return async (read) => {
    try {
      last = { value: await read() };
      told = '';
      return last.value;
    } catch (error) {
      if (!(error instanceof ConfigurationBroken) || last === undefined) throw error;
      if (told !== error.message)
        log.error({ error: error.message }, 'people are told by the last good configuration');
      told = error.message;
      return last.value;
    }
  };
}
