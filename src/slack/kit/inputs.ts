import type { types } from '@slack/bolt';
import { type Block, LIMIT, plain } from './block-kit.ts';
import { ACTION } from './ids.ts';

export type Choice = { readonly value: string; readonly text: string; readonly description?: string };

export type Labels = { readonly block: string; readonly label: string; readonly hint?: string };

/**
 * A select that always has an answer: `initial` is chosen, or else the first choice, unless it is `left` to the person.
 * It is the placeholder too, for clients that don't show a preselected choice.
 */
export function select(
  parts: Labels & {
    readonly choices: readonly Choice[];
    readonly initial?: string | undefined;
    readonly left?: boolean;
  },
): Block {
  const choices = parts.choices.filter(fits).slice(0, LIMIT.options);
  const chosen =
    choices.find(({ value }) => value === parts.initial) ?? (parts.left ? undefined : choices[0]);
  return input(parts, {
    type: 'static_select',
    action_id: ACTION.value,
    options: choices.map(toOption),
    ...(chosen === undefined
      ? {}
      : { initial_option: toOption(chosen), placeholder: plain(chosen.text, LIMIT.placeholder) }),
  });
}

/** Choices side by side, none of them chosen beforehand: for what nobody may do by accident. */
export const radioButtons = (parts: Labels & { readonly choices: readonly Choice[] }): Block =>
  input(parts, {
    type: 'radio_buttons',
    action_id: ACTION.value,
    options: parts.choices.slice(0, LIMIT.radioButtons).map(toOption),
  });

/** A text field. `longest` is in characters; at most 3,000. */
export const textField = (
  parts: Labels & {
    readonly longest: number;
    readonly multiline?: boolean;
    readonly optional?: boolean;
    readonly placeholder?: string;
    readonly initial?: string | undefined;
  },
): Block =>
  input(parts, {
    type: 'plain_text_input',
    action_id: ACTION.value,
    multiline: parts.multiline ?? false,
    max_length: parts.longest,
    ...(parts.placeholder === undefined ? {} : { placeholder: plain(parts.placeholder, LIMIT.placeholder) }),
    ...(parts.initial ? { initial_value: parts.initial.slice(0, parts.longest) } : {}),
  });

export function checkboxes(
  parts: Labels & { readonly choices: readonly Choice[]; readonly ticked: readonly string[] },
): Block {
  const choices = parts.choices.slice(0, LIMIT.checkboxes);
  const ticked = choices.filter(({ value }) => parts.ticked.includes(value));
  return input(
    { ...parts, optional: true },
    {
      type: 'checkboxes',
      action_id: ACTION.value,
      options: choices.map(toOption),
      ...(ticked.length === 0 ? {} : { initial_options: ticked.map(toOption) }),
    },
  );
}

/** One of these, all of them in sight, none chosen for the person. */
export const radios = (parts: Labels & { readonly choices: readonly Choice[] }): Block =>
  input(parts, {
    type: 'radio_buttons',
    action_id: ACTION.value,
    options: parts.choices.filter(fits).slice(0, LIMIT.checkboxes).map(toOption),
  });

/** An input block around its one element. */
export const input = (
  { block, label, hint, optional }: Labels & { readonly optional?: boolean },
  element: types.InputBlockElement,
): Block => ({
  type: 'input',
  block_id: block,
  label: plain(label, LIMIT.inputLabel),
  element,
  optional: optional ?? false,
  ...(hint === undefined ? {} : { hint: plain(hint, LIMIT.inputLabel) }),
});

export const toOption = ({ value, text, description }: Choice): types.PlainTextOption => ({
  value,
  text: plain(text, LIMIT.optionText),
  ...(description ? { description: plain(description, LIMIT.optionText) } : {}),
});

/** A value can't be cut: cut, it would choose something else. */
export const fits = ({ value }: Choice): boolean => value.length > 0 && value.length <= LIMIT.optionValue;
