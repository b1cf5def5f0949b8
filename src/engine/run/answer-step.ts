import { type Person, personActor } from '../../domain/actor.ts';
import type { Refused } from '../../domain/refusal.ts';
import { decideStep } from '../../domain/run/decide.ts';
import type { StepDecision } from '../../domain/run/events.ts';
import type { Catalog } from '../ports/catalog.ts';
import { type Changed, changeRun, type RunChanges } from '../streams/runs.ts';

/** A person answers a step that waits for one: done, cannot, retry, skip or abort. */
export async function answerStep(
  deps: RunChanges & { readonly catalog: Catalog },
  answer: {
    readonly run: string;
    readonly step: string;
    readonly attempt: number;
    readonly decision: StepDecision;
    readonly person: Person;
    readonly reason: string | null;
  },
): Promise<Changed | Refused> {
  const { permissions } = await deps.catalog.team();
  return changeRun(deps, {
    run: answer.run,
    actor: personActor(answer.person),
    decide: (run) => decideStep(run, { ...answer, mayDecide: permissions.decide }),
  });
}
