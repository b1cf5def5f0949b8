import { holdsAny, type Person, personActor } from '../../domain/actor.ts';
import { type Refused, refuse } from '../../domain/refusal.ts';
import { decideCancel, decideUnlock } from '../../domain/run/decide.ts';
import type { Catalog } from '../ports/catalog.ts';
import { type Changed, changeRun, type RunChanges } from '../streams/runs.ts';

type Cancelling = RunChanges & { readonly catalog: Catalog };

/** Cancels a run: at once, or as soon as its worker has stopped the step in flight. */
export async function cancelRun(
  deps: Cancelling,
  { run, person, reason }: { readonly run: string; readonly person: Person; readonly reason: string | null },
): Promise<Changed | Refused> {
  const { permissions } = await deps.catalog.team();
  return changeRun(deps, {
    run,
    actor: personActor(person),
    decide: (state) => decideCancel(state, { person, mayDecide: permissions.decide, reason }),
  });
}

/** Breaks a service's lock by ending the run that holds it, whatever its worker is doing. */
export async function unlockService(
  deps: Cancelling,
  request: {
    readonly service: string;
    readonly environment: string;
    readonly person: Person;
    readonly reason: string;
  },
): Promise<Changed | Refused> {
  const { service, environment, person, reason } = request;
  const { permissions } = await deps.catalog.team();
  if (!holdsAny(person, permissions.unlock))
    return refuse({ reason: 'not-permitted', roles: permissions.unlock });
  const lock = await deps.store.lockOf(service, environment);
  if (!lock) return refuse({ reason: 'not-locked', service, environment });
  return changeRun(deps, {
    run: lock.run,
    actor: personActor(person),
    decide: (state) => decideUnlock(state, { person, mayUnlock: permissions.unlock, reason }),
  });
}
