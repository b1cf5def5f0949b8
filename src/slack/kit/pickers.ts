import { type Block, LIMIT, plain } from './block-kit.ts';
import { ACTION } from './ids.ts';
import { type Choice, checkboxes, fits, input, type Labels, toOption } from './inputs.ts';

/** A select without an answer until the person gives one. */
export const openSelect = (parts: Labels & { readonly choices: readonly Choice[] }): Block =>
  input(parts, {
    type: 'static_select',
    action_id: ACTION.value,
    placeholder: plain('Choose one', LIMIT.placeholder),
    options: parts.choices.filter(fits).slice(0, LIMIT.options).map(toOption),
  });

/** Any number of these: boxes to tick where they are few, which every client draws; else a list to choose from. */
export function several(
  parts: Labels & { readonly choices: readonly Choice[]; readonly chosen: readonly string[] },
): Block {
  const choices = parts.choices.filter(fits).slice(0, LIMIT.options);
  if (choices.length <= LIMIT.checkboxes) return checkboxes({ ...parts, choices, ticked: parts.chosen });
  const chosen = choices.filter(({ value }) => parts.chosen.includes(value));
  return input(
    { ...parts, optional: true },
    {
      type: 'multi_static_select',
      action_id: ACTION.value,
      placeholder: plain('Choose', LIMIT.placeholder),
      options: choices.map(toOption),
      ...(chosen.length === 0 ? {} : { initial_options: chosen.map(toOption) }),
    },
  );
}

/** A moment; `initial` in ms. */
export const instantPicker = (parts: Labels & { readonly initial: number }): Block =>
  input(parts, {
    type: 'datetimepicker',
    action_id: ACTION.value,
    initial_date_time: Math.floor(parts.initial / 1_000),
  });

export const userPicker = (
  parts: Labels & { readonly optional?: boolean; readonly initial?: string | undefined },
): Block =>
  input(parts, {
    type: 'users_select',
    action_id: ACTION.value,
    ...(parts.initial === undefined ? {} : { initial_user: parts.initial }),
  });
