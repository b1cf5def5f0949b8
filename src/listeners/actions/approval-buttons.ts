import type { Refusal } from '../../domain/refusal.ts';
import { type ApprovalPress, approveRun, recordRefusedPress } from '../../engine/answer-approval.ts';
import { loadRun } from '../../engine/change-run.ts';
import { ApprovalButton, RunButton } from '../../slack/button-values.ts';
import { ACTION } from '../../slack/ids.ts';
import { breakGlassView } from '../../slack/modals/break-glass-view.ts';
import { denyView } from '../../slack/modals/deny-view.ts';
import { planView } from '../../slack/modals/plan-view.ts';
import { listenToButton } from '../button-press.ts';
import type { InboundRunner } from '../inbound.ts';
import type { Listening } from '../listening.ts';
import type { Router } from '../router.ts';

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
      await listening.viewClient.views.open({ trigger_id: triggerId, view: denyView(value) });
    },
  );

  listenToButton(
    router,
    inbound,
    { action: ACTION.breakGlass, schema: ApprovalButton, record: recordAs('break-glass') },
    async ({ value, triggerId }) => {
      await listening.viewClient.views.open({ trigger_id: triggerId, view: breakGlassView(value) });
    },
  );

  listenToButton(
    router,
    inbound,
    { action: ACTION.viewPlan, schema: RunButton },
    async ({ value, triggerId, refused }) => {
      const run = await loadRun(listening, value.run);
      if (run === undefined) return refused({ reason: 'unknown-run', run: value.run });
      await listening.viewClient.views.open({ trigger_id: triggerId, view: planView(run) });
    },
  );
}
