import { type Refusal, refuse } from '../../domain/refusal.ts';
import { whyNotDecide } from '../../domain/run/decide-approval.ts';
import type { ApprovalPress } from '../../domain/run/events.ts';
import { breakGlassRoles } from '../../domain/team/team.ts';
import { toIso } from '../../engine/ports/clock.ts';
import { approveRun, recordRefusedPress } from '../../engine/run/answer-approval.ts';
import { loadRun } from '../../engine/streams/runs.ts';
import type { Modal } from '../../slack/kit/block-kit.ts';
import { ApprovalButton, RunButton } from '../../slack/kit/button-values.ts';
import { ACTION } from '../../slack/kit/ids.ts';
import { breakGlassView } from '../../slack/run/forms/break-glass.ts';
import { denyView } from '../../slack/run/forms/deny.ts';
import { listenToButton, listenToShowButton, type Press } from '../door/button-press.ts';
import type { InboundRunner } from '../door/inbound.ts';
import type { Listening } from '../door/listening.ts';
import { openModal } from '../door/open-modal.ts';
import type { Router } from '../door/router.ts';
import { newPlanFor, planViewFor } from './plan-view-for.ts';

/**
 * The buttons of a request for approval: Approve, Deny (which asks for a reason first), View plan; and Break glass, which
 * stands where those look who may. A press on a plan that was replaced meanwhile is answered with the new one.
 */
export function listenToApprovalButtons(router: Router, listening: Listening, inbound: InboundRunner): void {
  const recordAs =
    (press: ApprovalPress) =>
    ({ run }: ApprovalButton, refused: { readonly user: string; readonly refusal: Refusal }): Promise<void> =>
      recordRefusedPress(listening, { run, press, ...refused });

  listenToButton(
    router,
    inbound,
    { action: ACTION.approve, schema: ApprovalButton, record: recordAs('approve') },
    async (pressed) => {
      const { value, person } = pressed;
      const answer = await approveRun(listening, { ...value, person });
      if (answer.kind === 'refused') await tellOrShowNew(listening, pressed, answer.refusal);
    },
  );

  const asksForReason = (press: 'deny' | 'break-glass', form: (value: ApprovalButton) => Modal): void => {
    const button = { action: press, schema: ApprovalButton, record: recordAs(press) };
    listenToButton(router, inbound, button, async (pressed) => {
      const { value, person, triggerId } = pressed;
      const refusal = await refusalBefore(listening, pressed, press);
      if (refusal === undefined) {
        await openModal(listening, { triggerId, view: form(value) });
        return;
      }
      await recordRefusedPress(listening, { run: value.run, user: person.id, press, refusal });
      await tellOrShowNew(listening, pressed, refusal);
    });
  };
  asksForReason(ACTION.deny, denyView);
  asksForReason(ACTION.breakGlass, breakGlassView);

  listenToShowButton(
    router,
    inbound,
    { action: ACTION.viewPlan, schema: RunButton },
    async ({ value, triggerId, person, team, refused }) => {
      const run = await loadRun(listening, value.run);
      if (run === undefined) return refused({ reason: 'unknown-run', run: value.run });
      await openModal(listening, {
        triggerId,
        view: planViewFor(run, { person, team, clock: listening.clock }),
      });
    },
  );
}

/** Before they type a reason that would count for nothing. */
async function refusalBefore(
  { store, clock }: Listening,
  { value, person, team }: Press<ApprovalButton>,
  press: ApprovalPress,
): Promise<Refusal | undefined> {
  const run = await loadRun({ store }, value.run);
  if (run === undefined) return refuse({ reason: 'unknown-run', run: value.run }).refusal;
  const now = toIso(clock.now());
  return whyNotDecide(run, { ...value, press, person, now, mayBreak: breakGlassRoles(team) });
}

async function tellOrShowNew(
  listening: Listening,
  { value, person, team, triggerId, refused }: Press<ApprovalButton>,
  refusal: Refusal,
): Promise<void> {
  const run = refusal.reason === 'plan-changed' ? await loadRun(listening, value.run) : undefined;
  if (run === undefined) return refused(refusal);
  const view = newPlanFor(run, { person, team, clock: listening.clock });
  await openModal(listening, { triggerId, view });
}
