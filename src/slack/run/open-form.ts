import { actions, button, type Message, section } from '../kit/block-kit.ts';
import { encodeButton, LONGEST_TYPED, type OpenFormButton } from '../kit/button-values.ts';
import { ACTION } from '../kit/ids.ts';
import { message } from '../kit/message.ts';
import { refusalText } from '../kit/refusal.ts';
import { inlineCode } from '../kit/text.ts';

/** Answers a mention that asks for a rollback: Slack opens a form only from a click. */
export const openFormMessage = (prefill: OpenFormButton): Message =>
  offer('Press the button to say what to roll back and why.', 'Open the rollback form', prefill);

/**
 * Answers a name that is no service's. `meant` is the form for the service that it most likely means, `command` the
 * sub-command.
 */
export function unknownServiceMessage({
  typed,
  known,
  meant,
  command,
}: {
  readonly typed: string;
  readonly known: readonly string[];
  readonly meant?: OpenFormButton | undefined | '';
  readonly command?: string | undefined;
}): Message {
  const text = refusalText({ reason: 'unknown-service', service: typed, known });
  const said =
    command === undefined ? text : `${text} ${meant ? 'Or did' : 'Did'} you mean ${inlineCode(command)}?`;
  return meant ? offer(said, `Roll back ${meant.service}`, meant) : message(said, [section(said)]);
}

function offer(text: string, label: string, prefill: OpenFormButton): Message {
  const cut = (typed: string | undefined) => typed?.slice(0, LONGEST_TYPED);
  const value = encodeButton({ ...prefill, target: cut(prefill.target), reason: cut(prefill.reason) });
  return message(text, [
    section(text),
    actions(button({ action: ACTION.openRollbackForm, text: label, value, style: 'primary' })),
  ]);
}
