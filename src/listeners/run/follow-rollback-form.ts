import { callSlack } from '../../slack/connection/slack-failure.ts';
import type { Modal } from '../../slack/kit/block-kit.ts';
import { formAgain } from '../../slack/kit/form-again.ts';
import { ACTION, VIEW } from '../../slack/kit/ids.ts';
import { readSoFar } from '../../slack/run/forms/parse-rollback.ts';
import { callerOf } from '../door/caller.ts';
import type { InboundRunner } from '../door/inbound.ts';
import type { Listening } from '../door/listening.ts';
import type { Router } from '../door/router.ts';
import type { Tell } from '../door/tell-at.ts';
import { formView } from './open-rollback-form.ts';

/** Something was chosen in the rollback form: what stands above follows it, and what was filled in stays. */
export function listenToRollbackChoices(router: Router, listening: Listening, inbound: InboundRunner): void {
  router.onButton(ACTION.value, async ({ body }) => {
    const { view } = body;
    if (view?.callback_id !== VIEW.rollbackForm) return;
    const show = async (next: Modal | undefined): Promise<void> => {
      if (next === undefined) return;
      // Refused where it was closed or sent meanwhile: then nobody looks at it any more.
      await callSlack(() => listening.viewClient.views.update({ view_id: view.id, view: next }));
    };
    const tell: Tell = ({ text }) => show(formAgain(view, text));
    const press = { name: 'rollback-choice', onceKey: body.trigger_id, caller: callerOf(body), tell };
    await inbound.handle(press, async ({ listening: attending }) => {
      const { service, origin, environment, playbook, target, ...filledIn } = readSoFar(view);
      const chosen = {
        environment: environment || undefined,
        playbook: playbook || undefined,
        target: target || undefined,
      };
      const made = await formView(attending, { service, origin, prefill: { ...filledIn, ...chosen } });
      await show(made.kind === 'form' ? made.view : formAgain(view, `:warning: ${made.text}`));
    });
  });
}
