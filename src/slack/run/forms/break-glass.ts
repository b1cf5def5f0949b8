import { type Modal, modal, section } from '../../kit/block-kit.ts';
import { ApprovalButton, encodeButton } from '../../kit/button-values.ts';
import { BLOCK, VIEW } from '../../kit/ids.ts';
import { textField } from '../../kit/inputs.ts';
import type { ParsedForm } from '../../kit/parsed-form.ts';
import { escapeText } from '../../kit/text.ts';
import { readView } from '../../kit/view-state.ts';

const LONGEST_REASON = 1_000;

/** Tells what breaking the glass means, and asks for the reason. */
export const breakGlassView = (press: ApprovalButton): Modal =>
  modal({
    callback: VIEW.breakGlassForm,
    title: 'Break glass',
    submit: 'Break glass',
    close: 'Cancel',
    metadata: encodeButton(press),
    blocks: [
      section(
        `:rotating_light: *${escapeText(press.run)} starts at once, without the approvals it needs.*\nYour name and your reason are announced in the incident channel and sent to everybody who may break the glass. They stay on everything about this rollback, for good.`,
      ),
      textField({
        block: BLOCK.reason,
        label: "Why can't it wait?",
        hint: 'One or two sentences that others will understand tomorrow.',
        longest: LONGEST_REASON,
        multiline: true,
      }),
    ],
  });

/** What a submitted form says: the press it belongs to and the reason. */
export function parseBreakGlassForm(view: unknown): ParsedForm<ApprovalButton & { readonly reason: string }> {
  const answers = readView(view);
  const reason = answers.text(BLOCK.reason);
  if (reason === '')
    return {
      ok: false,
      errors: { [BLOCK.reason]: "Say why it can't wait: it is announced with your name." },
    };
  return { ok: true, values: { ...ApprovalButton.parse(answers.metadata), reason } };
}
