import type { Refusal } from '../../domain/refusal.ts';
import type { ApprovalPress } from '../../domain/run/events.ts';
import { approveRun, recordRefusedPress } from '../../engine/run/answer-approval.ts';
import { loadRun } from '../../engine/streams/runs.ts';
import { ApprovalButton, RunButton } from '../../slack/kit/button-values.ts';
import { ACTION } from '../../slack/kit/ids.ts';
import { planView } from '../../slack/plan/view.ts';
import { breakGlassView } from '../../slack/run/forms/break-glass.ts';
import { denyView } from '../../slack/run/forms/deny.ts';
import { listenToButton, listenToShowButton } from '../door/button-press.ts';
import type { InboundRunner } from '../door/inbound.ts';
import type { Listening } from '../door/listening.ts';
import { openModal } from '../door/open-modal.ts';
import type { Router } from '../door/router.ts';

/** The buttons of the approval card: Approve, Deny and Break glass (which ask for a reason first), View plan. */
export function listenToApprovalButtons(router: Router, listening: Listening, inbound: InboundRunner): void {
  const recordAs =
    (press: ApprovalPress) =>
    ({ run }: ApprovalButton, refused: { readonly user: string; readonly refusal: Refusal }): Promise<void> =>
      recordRefusedPress(listening, { run, press, ...refused });

  listenToButton(
    router,
    inbound,
    { action: ACTION.approve, schema: ApprovalButton, record: recordAs('approve') },
    async ({ value, person, refused }) => {
      const answer = await approveRun(listening, { ...value, person });
      if (answer.kind === 'refused') await refused(answer.refusal);
    },
  );

  listenToButton(
    router,
    inbound,
    { action: ACTION.deny, schema: ApprovalButton, record: recordAs('deny') },
    async ({ value, triggerId }) => {
      await openModal(listening, { triggerId, view: denyView(value) });
    },
  );

  listenToButton(
    router,
    inbound,
    { action: ACTION.breakGlass, schema: ApprovalButton, record: recordAs('break-glass') },
    async ({ value, triggerId }) => {
      await openModal(listening, { triggerId, view: breakGlassView(value) });
    },
  );

  listenToShowButton(
    router,
    inbound,
    { action: ACTION.viewPlan, schema: RunButton },
    async ({ value, triggerId, refused }) => {
      const run = await loadRun(listening, value.run);
      if (run === undefined) return refused({ reason: 'unknown-run', run: value.run });
      await openModal(listening, { triggerId, view: planView(run) });
    },
  );
}
