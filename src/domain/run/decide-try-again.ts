import { holdsAny, isUser, type Person } from '../actor.ts';
import { refuse } from '../refusal.ts';
import { accept, type Decision } from './decide.ts';
import { hasEnded, hasStarted, isHalted, type Run } from './run.ts';

/** A person has a run tried again that is approved and could not begin: who may decide, or who asked for it. */
export function decideTryAgain(
  run: Run,
  { person, mayDecide }: { readonly person: Person; readonly mayDecide: readonly string[] },
): Decision {
  if (hasEnded(run)) return refuse({ reason: 'already-ended', status: run.status });
  if (!isUser(run.requestedBy, person.id) && !holdsAny(person, mayDecide))
    return refuse({ reason: 'not-permitted', roles: mayDecide });
  if (isHalted(run)) return accept({ type: 'start.retried', payload: {} });
  return refuse(hasStarted(run) ? { reason: 'already-started', run: run.id } : { reason: 'step-moved-on' });
}
