import { type Person, personActor } from '../../domain/actor.ts';
import type { Refused } from '../../domain/refusal.ts';
import { decideTryAgain } from '../../domain/run/decide-try-again.ts';
import type { Catalog } from '../ports/catalog.ts';
import { type Changed, changeRun, type RunChanges } from '../streams/runs.ts';

/** A press of Try again on a run that is approved and could not begin. Its approvals are what they were. */
export async function tryAgain(
  deps: RunChanges & { readonly catalog: Catalog },
  { run, person }: { readonly run: string; readonly person: Person },
): Promise<Changed | Refused> {
  const { permissions } = await deps.catalog.team();
  return changeRun(deps, {
    run,
    actor: personActor(person),
    decide: (state) => decideTryAgain(state, { person, mayDecide: permissions.decide }),
  });
}
