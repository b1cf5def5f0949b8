import { StepDecision } from '../../domain/run/events.ts';
import { answerStep, mayAnswerStep } from '../../engine/run/answer-step.ts';
import { cancelRun } from '../../engine/run/cancel.ts';
import { tryAgain } from '../../engine/run/try-again.ts';
import { RunButton, StepButton } from '../../slack/kit/button-values.ts';
import { ACTION, stepActionId } from '../../slack/kit/ids.ts';
import { abortView, skipView } from '../../slack/run/forms/step-answer.ts';
import { listenToButton } from '../door/button-press.ts';
import type { InboundRunner } from '../door/inbound.ts';
import { openModal } from '../door/open-modal.ts';
import type { Router } from '../door/router.ts';

/** What is asked for a reason first, once it is known that the press would count. */
const FORMS = { skip: skipView, abort: abortView } as const;

/** Cancel, Try again, and the answers to a step that waits for a person, on the run card and where people are called for it. */
export function listenToRunButtons(router: Router, inbound: InboundRunner): void {
  listenToButton(
    router,
    inbound,
    { action: ACTION.cancelRun, schema: RunButton },
    async ({ listening, value, person, refused }) => {
      const answer = await cancelRun(listening, { run: value.run, person, reason: null });
      if (answer.kind === 'refused') await refused(answer.refusal);
    },
  );

  listenToButton(
    router,
    inbound,
    { action: ACTION.tryAgain, schema: RunButton },
    async ({ listening, value, person, refused }) => {
      const answer = await tryAgain(listening, { run: value.run, person });
      if (answer.kind === 'refused') await refused(answer.refusal);
    },
  );

  for (const decision of StepDecision.options) {
    const button = { action: stepActionId(decision), schema: StepButton };
    listenToButton(router, inbound, button, async ({ listening, value, person, triggerId, refused }) => {
      const press = { ...value, decision, person };
      if (decision === 'skip' || decision === 'abort') {
        const answer = await mayAnswerStep(listening, press);
        if (answer.kind === 'refused') return refused(answer.refusal);
        await openModal(listening, { triggerId, view: FORMS[decision](answer.run, value) });
        return;
      }
      const answer = await answerStep(listening, { ...press, reason: null });
      if (answer.kind === 'refused') await refused(answer.refusal);
    });
  }
}
