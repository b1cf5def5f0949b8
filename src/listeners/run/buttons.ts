import type { StepDecision } from '../../domain/run/events.ts';
import { answerStep } from '../../engine/run/answer-step.ts';
import { cancelRun } from '../../engine/run/cancel.ts';
import { RunButton, StepButton } from '../../slack/kit/button-values.ts';
import { ACTION } from '../../slack/kit/ids.ts';
import { listenToButton } from '../door/button-press.ts';
import type { InboundRunner } from '../door/inbound.ts';
import type { Router } from '../door/router.ts';

const STEP_BUTTONS: readonly { readonly action: string; readonly decision: StepDecision }[] = [
  { action: ACTION.stepRetry, decision: 'retry' },
  { action: ACTION.stepSkip, decision: 'skip' },
  { action: ACTION.stepAbort, decision: 'abort' },
  { action: ACTION.stepDone, decision: 'done' },
  { action: ACTION.stepCannot, decision: 'cannot' },
];

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

  for (const { action, decision } of STEP_BUTTONS) {
    listenToButton(
      router,
      inbound,
      { action, schema: StepButton },
      async ({ listening, value, person, refused }) => {
        const answer = await answerStep(listening, { ...value, decision, person, reason: null });
        if (answer.kind === 'refused') await refused(answer.refusal);
      },
    );
  }
}
