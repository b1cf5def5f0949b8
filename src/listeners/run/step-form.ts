import { answerStep } from '../../engine/run/answer-step.ts';
import { VIEW } from '../../slack/kit/ids.ts';
import { parseSkipForm, parseStepForm } from '../../slack/run/forms/step-answer.ts';
import { refusedForm } from '../door/explain-refusal.ts';
import type { InboundRunner } from '../door/inbound.ts';
import type { Listening } from '../door/listening.ts';
import type { Router } from '../door/router.ts';
import { listenToView } from '../door/view-submission.ts';

const FORMS = [
  {
    callback: VIEW.skipForm,
    title: 'Skip a step',
    parse: parseSkipForm,
    decision: 'skip',
    done: 'is skipped',
  },
  { callback: VIEW.abortForm, title: 'Abort', parse: parseStepForm, decision: 'abort', done: 'is aborted' },
] as const;

/** Skip and Abort were confirmed, with a reason: they are judged again, by what is stored now. */
export function listenToStepForms(router: Router, listening: Listening, inbound: InboundRunner): void {
  for (const { decision, done, ...form } of FORMS) {
    listenToView(router, listening, inbound, form, async (values, handling) => {
      const { person } = handling;
      const answer = await answerStep(handling.listening, { ...values, decision, person });
      if (answer.kind === 'refused') return refusedForm(answer.refusal, handling);
      const what = decision === 'skip' ? 'The step' : answer.run.id;
      return { kind: 'done', text: `${what} ${done}. Your reason stands on the card.` };
    });
  }
}
