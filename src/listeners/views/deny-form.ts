import { denyRun } from '../../engine/answer-approval.ts';
import { VIEW } from '../../slack/ids.ts';
import { parseDenyForm } from '../../slack/modals/deny-view.ts';
import { outcomeView } from '../../slack/modals/telling-views.ts';
import { refusalText } from '../../slack/refusal-text.ts';
import type { InboundRunner } from '../inbound.ts';
import type { Listening } from '../listening.ts';
import type { Router } from '../router.ts';
import { listenToView } from '../view-submission.ts';

const TITLE = 'Deny';

/** The reason of a denial was given: deny. */
export function listenToDenyForm(router: Router, listening: Listening, inbound: InboundRunner): void {
  const form = { callback: VIEW.denyForm, title: TITLE, parse: parseDenyForm };
  listenToView(router, listening, inbound, form, async (values, { person }) => {
    const answer = await denyRun(listening, { ...values, person });
    const text =
      answer.kind === 'refused'
        ? refusalText(answer.refusal, (await listening.catalog.team()).roles)
        : `${answer.run.id} is denied. Whoever asked sees your reason.`;
    return outcomeView({ title: TITLE, text });
  });
}
