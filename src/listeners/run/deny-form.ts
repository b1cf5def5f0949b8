import { denyRun, recordRefusedPress } from '../../engine/run/answer-approval.ts';
import { VIEW } from '../../slack/kit/ids.ts';
import { parseDenyForm } from '../../slack/run/forms/deny.ts';
import { refusedForm } from '../door/explain-refusal.ts';
import type { InboundRunner } from '../door/inbound.ts';
import type { Listening } from '../door/listening.ts';
import type { Router } from '../door/router.ts';
import { listenToView, type RefusedSender } from '../door/view-submission.ts';

/** The reason of a denial was given: deny. */
export function listenToDenyForm(router: Router, listening: Listening, inbound: InboundRunner): void {
  const form = {
    callback: VIEW.denyForm,
    title: 'Deny',
    parse: parseDenyForm,
    record: ({ run }: { run: string }, refused: RefusedSender) =>
      recordRefusedPress(listening, { run, press: 'deny', ...refused }),
  };
  listenToView(router, listening, inbound, form, async (values, handling) => {
    const answer = await denyRun(listening, { ...values, person: handling.person });
    if (answer.kind === 'refused') return refusedForm(answer.refusal, handling);
    return { kind: 'done', text: `${answer.run.id} is denied. Whoever asked sees your reason.` };
  });
}
