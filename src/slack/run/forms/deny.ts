import { type Modal, modal } from '../../kit/block-kit.ts';
import { ApprovalButton, encodeButton } from '../../kit/button-values.ts';
import { BLOCK, VIEW } from '../../kit/ids.ts';
import { textField } from '../../kit/inputs.ts';
import type { ParsedForm } from '../../kit/parsed-form.ts';
import { readView } from '../../kit/view-state.ts';

const LONGEST_REASON = 1_000;

/** Asks for the reason of a denial. */
export const denyView = (press: ApprovalButton): Modal =>
  modal({
    callback: VIEW.denyForm,
    title: `Deny ${press.run}`,
    submit: 'Deny',
    close: 'Cancel',
    metadata: encodeButton(press),
    blocks: [
      textField({
        block: BLOCK.reason,
        label: 'Why not?',
        hint: 'Shown on the card to everybody in the channel.',
        longest: LONGEST_REASON,
        multiline: true,
      }),
    ],
  });

/** What a submitted deny form says: the press it belongs to and the reason. */
export function parseDenyForm(view: unknown): ParsedForm<ApprovalButton & { readonly reason: string }> {
  const answers = readView(view);
  const reason = answers.text(BLOCK.reason);
  if (reason === '')
    return { ok: false, errors: { [BLOCK.reason]: 'Say why, so that they know what to change.' } };
  return { ok: true, values: { ...ApprovalButton.parse(answers.metadata), reason } };
}
