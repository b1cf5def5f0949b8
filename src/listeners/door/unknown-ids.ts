import type { Message } from '../../slack/kit/block-kit.ts';
import { textMessage } from '../../slack/kit/message.ts';
import { callerOf } from './caller.ts';
import type { InboundRunner } from './inbound.ts';
import type { Listening } from './listening.ts';
import type { Router } from './router.ts';
import { tellPrivately } from './tell-privately.ts';
import { unreadableForm } from './unreadable-form.ts';

/** Buttons and forms that no listener knows: messages and modals outlive the version that made them. */
export function listenToUnknownIds(router: Router, listening: Listening, inbound: InboundRunner): void {
  router.onUnknownButton(async (args) => {
    const { body } = args;
    const tell = tellPrivately(args);
    const pressed = { name: 'unknown-button', onceKey: body.trigger_id, caller: callerOf(body), tell };
    await inbound.answer(pressed, async ({ log, reference }) => {
      log.warn({ actions: body.actions }, 'nobody listens to a button');
      await tell(staleButton(reference));
    });
  });

  router.onUnknownSubmission(async ({ ack, body }) => {
    const cause = `nobody listens to the form ${body.view.callback_id}`;
    const view = unreadableForm(listening, body, { title: 'Unknown form', cause });
    await ack({ response_action: 'update', view });
  });
}

/** Answers a press that can't be understood; `reference` stands in the log. */
export const staleButton = (reference: string): Message =>
  textMessage(
    `That button is from another version of Walkback, so nothing was done (\`${reference}\` in its log). \`/rollback status RUN\` or \`/incident show INC\` shows fresh ones.`,
  );
