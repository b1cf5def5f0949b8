import { type Person, personActor, systemActor } from '../domain/actor.ts';
import { type Decision, decideApprove, decideDeny, decideExpire } from '../domain/decide-run.ts';
import type { Refused } from '../domain/refusal.ts';
import type { Run } from '../domain/run.ts';
import { type Changed, changeRun, type RunChanges } from './change-run.ts';
import { toIso } from './ports/clock.ts';

type Press = { readonly run: string; readonly digest: string; readonly person: Person };

/** A press of Approve. One that doesn't count is refused, and recorded on the run. */
export function approveRun(deps: RunChanges, press: Press): Promise<Changed | Refused> {
  return recordRefusal(deps, press, 'approve', (run) =>
    decideApprove(run, { ...press, now: toIso(deps.clock.now()) }),
  );
}

/** A press of Deny, with its reason. One that doesn't count is refused, and recorded on the run. */
export function denyRun(
  deps: RunChanges,
  press: Press & { readonly reason: string },
): Promise<Changed | Refused> {
  return recordRefusal(deps, press, 'deny', (run) =>
    decideDeny(run, { ...press, now: toIso(deps.clock.now()) }),
  );
}

/** The time to approve a plan is over; refused where somebody was faster. */
export function expireApproval(
  deps: RunChanges,
  { run, digest }: Omit<Press, 'person'>,
): Promise<Changed | Refused> {
  return changeRun(deps, {
    run,
    actor: systemActor('approval-timer'),
    decide: (state) => decideExpire(state, { digest, now: toIso(deps.clock.now()) }),
  });
}

async function recordRefusal(
  deps: RunChanges,
  { run, person }: Press,
  press: 'approve' | 'deny',
  decide: (run: Run) => Decision,
): Promise<Changed | Refused> {
  const answer = await changeRun(deps, { run, actor: personActor(person), decide });
  if (answer.kind === 'accepted' || answer.refusal.reason === 'unknown-run') return answer;
  const refusal = answer.refusal.reason;
  await changeRun(deps, {
    run,
    actor: personActor(person),
    decide: () => ({ kind: 'accepted', events: [{ type: 'approval.refused', payload: { press, refusal } }] }),
  });
  return answer;
}
