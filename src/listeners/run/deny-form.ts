import { denyRun, recordRefusedPress } from '../../engine/run/answer-approval.ts';
import { VIEW } from '../../slack/kit/ids.ts';
import { outcomeView } from '../../slack/kit/telling-views.ts';
import { parseDenyForm } from '../../slack/run/forms/deny.ts';
import { explainRefusal } from '../door/explain-refusal.ts';
import type { InboundRunner } from '../door/inbound.ts';
import type { Listening } from '../door/listening.ts';
import type { Router } from '../door/router.ts';
import { listenToView, type RefusedSender } from '../door/view-submission.ts';

const TITLE = 'Deny';

/** The reason of a denial was given: deny. */
export function listenToDenyForm(router: Router, listening: Listening, inbound: InboundRunner): void {
  const form = {
    callback: VIEW.denyForm,
    title: TITLE,
    parse: parseDenyForm,
    record: ({ run }: { run: string }, refused: RefusedSender) =>
      recordRefusedPress(listening, { run, press: 'deny', ...refused }),
  };
  listenToView(router, listening, inbound, form, async (values, handling) => {
    const answer = await denyRun(listening, { ...values, person: handling.person });
    const text =
      answer.kind === 'refused'
        ? explainRefusal(answer.refusal, handling)
        : `${answer.run.id} is denied. Whoever asked sees your reason.`;
    return outcomeView({ title: TITLE, text });
  });
}
