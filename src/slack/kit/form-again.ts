import { z } from 'zod';
import { LIMIT, type Modal, section } from './block-kit.ts';
import { BLOCK } from './ids.ts';
import { Answer } from './view-state.ts';

const Text = z.looseObject({ type: z.literal('plain_text') });
const Option = z.looseObject({ value: z.string() });

const Element = z.looseObject({ type: z.string(), options: z.array(Option).optional() });
type Element = z.infer<typeof Element>;

const Shown = z.looseObject({
  type: z.string(),
  block_id: z.string().optional(),
  element: Element.optional(),
});

/** A form as Slack sends it back: what it showed, and what was answered. */
const SentForm = z.object({
  callback_id: z.string().min(1),
  title: Text,
  submit: Text.nullish(),
  close: Text.nullish(),
  private_metadata: z.string().default(''),
  blocks: z.array(Shown).min(1),
  state: z.object({ values: z.record(z.string(), z.record(z.string(), Answer)) }),
});

/**
 * `view` of a view_submission payload as a form again, with all that was typed in it, under a notice (mrkdwn) that says
 * why. undefined where the form can't be made out.
 */
export function formAgain(view: unknown, notice: string): Modal | undefined {
  const sent = SentForm.safeParse(view).data;
  if (sent === undefined) return undefined;
  const { callback_id, title, submit, close, private_metadata, state } = sent;
  const blocks = sent.blocks
    .filter(({ block_id }) => block_id !== BLOCK.notice)
    .map((block) => {
      const answer = Object.values(state.values[block.block_id ?? ''] ?? {})[0];
      if (block.element === undefined || answer === undefined) return block;
      return { ...block, element: { ...block.element, ...filledIn(block.element, answer) } };
    });
  return asModal({
    type: 'modal',
    ...{ callback_id, title, private_metadata: withChosen(private_metadata, state.values) },
    ...(submit ? { submit } : {}),
    ...(close ? { close } : {}),
    blocks: [{ ...section(notice), block_id: BLOCK.notice }, ...blocks],
  });
}

const WithShown = z.looseObject({ shown: z.record(z.string(), z.string()) });

/** Some clients send nothing for a field that nobody touched: what was chosen before counts as shown, like what it began with. */
function withChosen(
  metadata: string,
  values: Readonly<Record<string, Readonly<Record<string, Answer>>>>,
): string {
  const carried = WithShown.safeParse(metadata.startsWith('{') ? JSON.parse(metadata) : undefined).data;
  if (carried === undefined) return metadata;
  const chosen = Object.entries(values).flatMap(([block, answers]) => {
    const value = Object.values(answers)[0]?.selected_option?.value;
    return value === undefined ? [] : [[block, value]];
  });
  const kept = JSON.stringify({ ...carried, shown: { ...carried.shown, ...Object.fromEntries(chosen) } });
  return kept.length <= LIMIT.metadata ? kept : metadata;
}

/** What an element of this type begins with, for it to say what was answered; nothing where it was left alone. */
function filledIn({ type, options = [] }: Element, answer: Answer): object {
  const { value, selected_option, selected_options, selected_user, selected_date_time } = answer;
  switch (type) {
    case 'plain_text_input':
      return value ? { initial_value: value } : {};
    case 'radio_buttons':
    case 'static_select': {
      const chosen = options.find((option) => option.value === selected_option?.value);
      return chosen === undefined ? {} : { initial_option: chosen };
    }
    case 'checkboxes':
    case 'multi_static_select': {
      if (selected_options == null) return {};
      const ticked = options.filter((option) =>
        selected_options.some(({ value: at }) => at === option.value),
      );
      return { initial_options: ticked.length === 0 ? undefined : ticked };
    }
    case 'users_select':
      return selected_user ? { initial_user: selected_user } : {};
    case 'datetimepicker':
      return selected_date_time == null ? {} : { initial_date_time: selected_date_time };
    default:
      return {};
  }
}

/** The boundary: the blocks are those that we gave to Slack, which it gives back. */
const asModal = (view: object): Modal => view as Modal;
