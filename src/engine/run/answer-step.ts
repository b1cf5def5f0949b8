import { personActor } from '../../domain/actor.ts';
import { type Refused, refuse } from '../../domain/refusal.ts';
import { checkStepPress, decideStep, type StepPress } from '../../domain/run/decide-step.ts';
import type { Run } from '../../domain/run/run.ts';
import type { Catalog } from '../ports/catalog.ts';
import { type Changed, changeRun, loadRun, type RunChanges } from '../streams/runs.ts';

type Answering = RunChanges & { readonly catalog: Catalog };
type Press = Omit<StepPress, 'mayDecide'> & { readonly run: string };

/** A person answers a step that waits for one: done, cannot, retry, skip or abort. */
export async function answerStep(
  deps: Answering,
  answer: Press & { readonly reason: string | null },
): Promise<Changed | Refused> {
  const { permissions } = await deps.catalog.team();
  return changeRun(deps, {
    run: answer.run,
    actor: personActor(answer.person),
    decide: (run) => decideStep(run, { ...answer, mayDecide: permissions.decide }),
  });
}

/** Whether a press would count at this moment: the run that it is about, or why not. Changes nothing. */
export async function mayAnswerStep(
  deps: Pick<Answering, 'store' | 'catalog'>,
  press: Press,
): Promise<{ readonly kind: 'may'; readonly run: Run } | Refused> {
  const { permissions } = await deps.catalog.team();
  const run = await loadRun(deps, press.run);
  if (run === undefined) return refuse({ reason: 'unknown-run', run: press.run });
  return checkStepPress(run, { ...press, mayDecide: permissions.decide }) ?? { kind: 'may', run };
}
