import { StepDecision } from '../../domain/run/events.ts';
import { answerStep } from '../../engine/run/answer-step.ts';
import { cancelRun } from '../../engine/run/cancel.ts';
import { RunButton, StepButton } from '../../slack/kit/button-values.ts';
import { ACTION, stepActionId } from '../../slack/kit/ids.ts';
import { listenToButton } from '../door/button-press.ts';
import type { InboundRunner } from '../door/inbound.ts';
import type { Router } from '../door/router.ts';

/** The buttons of the run card: Cancel, and the answers to a step that waits for a person. */
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

  for (const decision of StepDecision.options) {
    const button = { action: stepActionId(decision), schema: StepButton };
    listenToButton(router, inbound, button, async ({ listening, value, person, refused }) => {
      const answer = await answerStep(listening, { ...value, decision, person, reason: null });
      if (answer.kind === 'refused') await refused(answer.refusal);
    });
  }
}
