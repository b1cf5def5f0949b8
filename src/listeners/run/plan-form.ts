import type { ApprovalPress } from '../../domain/run/events.ts';
import { approveRun, breakGlass, denyRun, recordRefusedPress } from '../../engine/run/answer-approval.ts';
import { loadRun } from '../../engine/streams/runs.ts';
import { VIEW } from '../../slack/kit/ids.ts';
import { parsePlanDecision } from '../../slack/run/plan-view.ts';
import { refusedForm } from '../door/explain-refusal.ts';
import type { InboundRunner } from '../door/inbound.ts';
import type { Listening } from '../door/listening.ts';
import type { Router } from '../door/router.ts';
import { listenToView, type RefusedSender } from '../door/view-submission.ts';
import { newPlanFor } from './plan-view-for.ts';

const TITLE = 'Plan';
const DECIDE = { approve: approveRun, deny: denyRun, 'break-glass': breakGlass } as const;

/** A decision was sent from View plan. One on a plan that was replaced meanwhile counts for nothing: the new one is shown. */
export function listenToPlanForm(router: Router, listening: Listening, inbound: InboundRunner): void {
  const form = {
    callback: VIEW.plan,
    title: TITLE,
    parse: parsePlanDecision,
    record: ({ run, decision }: { run: string; decision: ApprovalPress }, refused: RefusedSender) =>
      recordRefusedPress(listening, { run, press: decision, ...refused }),
  };
  listenToView(router, listening, inbound, form, async ({ decision, ...press }, handling) => {
    const { listening: attending, person, team, log } = handling;
    const answer = await DECIDE[decision](attending, { ...press, person });
    if (answer.kind === 'accepted') return { kind: 'done', text: DONE[decision](answer.run.id) };
    log.info({ refusal: answer.refusal.reason }, 'press refused');
    const run = answer.refusal.reason === 'plan-changed' ? await loadRun(attending, press.run) : undefined;
    return run === undefined
      ? refusedForm(answer.refusal, handling)
      : { kind: 'next', view: newPlanFor(run, { person, team, clock: attending.clock }, press.reason) };
  });
}

const DONE: Readonly<Record<ApprovalPress, (run: string) => string>> = {
  approve: (run) => `You approved *${run}*. Its card shows how it goes on.`,
  deny: (run) => `*${run}* is denied. Whoever asked sees your reason.`,
  'break-glass': (run) =>
    `*${run}* starts now. Your reason is announced. To stop it: \`/rollback cancel ${run}\`.`,
};
