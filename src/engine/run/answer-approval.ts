import { type Person, personActor, systemActor } from '../../domain/actor.ts';
import { type Refusal, type Refused, withUnsureRoles } from '../../domain/refusal.ts';
import type { Decision, NotNow } from '../../domain/run/decide.ts';
import {
  decideApprove,
  decideBreakGlass,
  decideDeny,
  decideExpire,
} from '../../domain/run/decide-approval.ts';
import type { ApprovalPress } from '../../domain/run/events.ts';
import type { Run } from '../../domain/run/run.ts';
import { breakGlassRoles } from '../../domain/team/team.ts';
import type { Catalog } from '../ports/catalog.ts';
import { toIso } from '../ports/clock.ts';
import { type Changed, changeRun, type RunChanges } from '../streams/runs.ts';

type WithPolicy = RunChanges & { readonly catalog: Catalog };
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

/** Starts a run without the approvals it needs, with a reason. A press that doesn't count is refused, and recorded. */
export async function breakGlass(
  deps: WithPolicy,
  press: Press & { readonly reason: string },
): Promise<Changed | Refused> {
  const mayBreak = breakGlassRoles(await deps.catalog.team());
  return recordRefusal(deps, press, 'break-glass', (run) =>
    decideBreakGlass(run, { ...press, mayBreak, now: toIso(deps.clock.now()) }),
  );
}

/** The time to approve a plan is over: the rung above is asked, or it expires. Too early: not before that time. */
export async function expireApproval(
  deps: WithPolicy,
  { run, digest }: Omit<Press, 'person'>,
): Promise<Changed | Refused | NotNow> {
  const { severities } = await deps.catalog.team();
  return changeRun(deps, {
    run,
    actor: systemActor('approval-timer'),
    decide: (state) => {
      const now = deps.clock.now();
      const again = severities[state.plan.severity]?.approval.expiresAfter ?? 0;
      return decideExpire(state, { digest, now: toIso(now), raisedUntil: toIso(now + again) });
    },
  });
}

/** Keeps on the run that a press by this Slack user was refused; where there is no such run, nowhere. */
export async function recordRefusedPress(
  deps: RunChanges,
  {
    run,
    user,
    press,
    refusal,
  }: {
    readonly run: string;
    readonly user: string;
    readonly press: ApprovalPress;
    readonly refusal: Refusal;
  },
): Promise<void> {
  const payload = { press, refusal: refusal.reason };
  await changeRun(deps, {
    run,
    actor: personActor({ id: user }),
    decide: () => ({ kind: 'accepted', events: [{ type: 'approval.refused', payload }] }),
  });
}

async function recordRefusal(
  deps: RunChanges,
  { run, person }: Press,
  press: ApprovalPress,
  decide: (run: Run) => Decision,
): Promise<Changed | Refused> {
  const answer = await changeRun(deps, { run, actor: personActor(person), decide });
  if (answer.kind === 'accepted') return answer;
  const refusal = withUnsureRoles(answer.refusal, person);
  await recordRefusedPress(deps, { run, user: person.id, press, refusal });
  return answer;
}
