import { type Actor, systemActor } from '../../domain/actor.ts';
import { loadRun } from '../../engine/streams/runs.ts';
import type { Listening } from '../door/listening.ts';

/** A rollback that holds an environment of a service: no other may run there. */
export type HeldLock = {
  readonly environment: string;
  readonly run: string;
  /** ISO. */
  readonly since: string;
  readonly owner: Actor;
};

/** Who is on a service already, in which of these environments. */
export async function locksOf(
  { store }: Pick<Listening, 'store'>,
  { service, environments }: { readonly service: string; readonly environments: readonly string[] },
): Promise<readonly HeldLock[]> {
  const held = await Promise.all(
    environments.map(async (environment) => {
      const lock = await store.lockOf(service, environment);
      if (lock === undefined) return [];
      const owner = (await loadRun({ store }, lock.run))?.requestedBy ?? systemActor('unknown');
      return [{ environment, run: lock.run, since: lock.since, owner }];
    }),
  );
  return held.flat();
}
