import { actions, button, type Message, section } from '../kit/block-kit.ts';
import { encodeButton, type OpenFormButton } from '../kit/button-values.ts';
import { ACTION } from '../kit/ids.ts';
import { message } from '../kit/message.ts';

/** Answers a mention that asks for a rollback: Slack opens a form only from a click. */
export function openFormMessage(prefill: OpenFormButton): Message {
  const text = 'Press the button to say what to roll back and why.';
  return message(text, [
    section(text),
    actions(
      button({
        action: ACTION.openRollbackForm,
        text: 'Open the rollback form',
        value: encodeButton(prefill),
        style: 'primary',
      }),
    ),
  ]);
}
