import { breakGlass, recordRefusedPress } from '../../engine/run/answer-approval.ts';
import { VIEW } from '../../slack/kit/ids.ts';
import { channelRef } from '../../slack/kit/text.ts';
import { parseBreakGlassForm } from '../../slack/run/forms/break-glass.ts';
import { refusedForm } from '../door/explain-refusal.ts';
import type { InboundRunner } from '../door/inbound.ts';
import type { Listening } from '../door/listening.ts';
import type { Router } from '../door/router.ts';
import { listenToView, type RefusedSender } from '../door/view-submission.ts';

/** The reason for breaking the glass was given: start without approvals. */
export function listenToBreakGlassForm(router: Router, listening: Listening, inbound: InboundRunner): void {
  const form = {
    callback: VIEW.breakGlassForm,
    title: 'Break glass',
    parse: parseBreakGlassForm,
    record: ({ run }: { run: string }, refused: RefusedSender) =>
      recordRefusedPress(listening, { run, press: 'break-glass', ...refused }),
  };
  listenToView(router, listening, inbound, form, async (values, handling) => {
    const answer = await breakGlass(handling.listening, { ...values, person: handling.person });
    if (answer.kind === 'refused') return refusedForm(answer.refusal, handling);
    const { id } = answer.run;
    const announced = channelRef(handling.team.channels.incidents);
    return {
      kind: 'done',
      text: `*${id}* starts now. Your reason is announced in ${announced}. To stop it: \`/rollback cancel ${id}\`.`,
    };
  });
}
