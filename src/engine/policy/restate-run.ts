import { type Actor, systemActor } from '../../domain/actor.ts';
import { type Refused, refuse } from '../../domain/refusal.ts';
import { refusalInBrief } from '../../domain/refusal-phrase.ts';
import { checkWaiting, decideRestate, MOVED_ON } from '../../domain/run/decide.ts';
import { type Hindrance, hindranceOf } from '../../domain/run/hindrance.ts';
import type { Severity } from '../../domain/severity.ts';
import { Hindered } from '../plan/hindrance-in.ts';
import { restatePlan } from '../plan/recheck-plan.ts';
import type { Catalog } from '../ports/catalog.ts';
import { toIso } from '../ports/clock.ts';
import { type Changed, changeRun, loadRun, type RunChanges } from '../streams/runs.ts';

export type Restating = RunChanges & { readonly catalog: Catalog };

/**
 * The severity of what a run is for was changed: one that has not begun is planned anew, which voids its approvals, and
 * follows the new policy (onto the list for the next deployment or off it).
 * Refused: `already-started`, `already-ended`, `same-severity`, `unknown-run`, and `rollback-in-progress` for one that
 * would leave the list while another run holds the service. Throws ConfigurationBroken, and Hindered where the files lack
 * what it needs, as one that is half saved does: it is left as it is, and nothing starts before it was restated.
 */
export async function restateRun(
  deps: Restating,
  {
    run: id,
    severity,
    actor = systemActor('severity-policy'),
  }: { readonly run: string; readonly severity: Severity; readonly actor?: Actor },
): Promise<Changed | Refused> {
  for (;;) {
    const run = await loadRun(deps, id);
    if (run === undefined) return refuse({ reason: 'unknown-run', run: id });
    const planned = await restatePlan(deps, run, severity);
    const blocked = checkWaiting(run);
    if (blocked !== undefined) return blocked;
    if (planned.kind === 'refused') throw new Hindered(hindranceOf(planned.refusal) ?? lasting(planned));
    const { severities } = await deps.catalog.team();
    const expiresAt = toIso(deps.clock.now() + severities[severity].approval.expiresAfter);
    const answer = await changeRun(deps, {
      run: id,
      actor,
      decide: (state) =>
        state.digest === run.digest
          ? decideRestate(state, { plan: planned.plan, digest: planned.digest, expiresAt })
          : // Its plan was replaced meanwhile: look again.
            MOVED_ON,
    });
    if (answer.kind === 'accepted' || answer.kind === 'refused') return answer;
  }
}

const lasting = ({ refusal }: Refused): Hindrance => ({
  ...{ kind: 'hindered', passes: false },
  why: refusalInBrief(refusal),
});
