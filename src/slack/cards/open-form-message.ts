import { actions, button, type Message, section } from '../block-kit.ts';
import { encodeButton, type OpenFormButton } from '../button-values.ts';
import { ACTION } from '../ids.ts';
import { message } from '../message.ts';

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
