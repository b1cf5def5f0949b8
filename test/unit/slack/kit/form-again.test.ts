import { expect, it } from 'vitest';
import { z } from 'zod';
import { type Modal, modal, section } from '../../../../src/slack/kit/block-kit.ts';
import { formAgain } from '../../../../src/slack/kit/form-again.ts';
import { BLOCK } from '../../../../src/slack/kit/ids.ts';
import { checkboxes, select, textField } from '../../../../src/slack/kit/inputs.ts';
import { instantPicker, several, userPicker } from '../../../../src/slack/kit/pickers.ts';
import { textsOf, validateView } from '../../../support/slack-rules.ts';
import { type Answers, submit } from '../../../support/submit-view.ts';

const choices = Array.from({ length: 12 }, (_, index) => ({ value: `v${index}`, text: `Choice ${index}` }));

const form = modal({
  callback: 'a-form',
  title: 'A form',
  submit: 'Send',
  close: 'Cancel',
  metadata: '{"run":"RUN-31"}',
  blocks: [
    section('What it is about'),
    textField({ block: 'why', label: 'Why?', longest: 100, initial: 'as it began' }),
    select({ block: 'one', label: 'Which?', choices, initial: 'v1' }),
    checkboxes({ block: 'boxes', label: 'Any?', choices: choices.slice(0, 3), ticked: ['v0'] }),
    several({ block: 'many', label: 'Any of many?', choices, chosen: [] }),
    userPicker({ block: 'who', label: 'Who?' }),
    instantPicker({ block: 'when', label: 'When?', initial: 1_900_000_000_000 }),
  ],
});

/** As Slack sends it back: with what it showed, and more of its own. */
const sent = (answers: Answers, view = form): object => ({
  ...view,
  ...Object(submit(view, answers)),
  id: 'V1',
  hash: '1',
});

const Begins = z.object({
  block_id: z.string(),
  element: z.object({
    initial_value: z.string().optional(),
    initial_option: z.object({ value: z.string() }).optional(),
    initial_options: z.array(z.object({ value: z.string() })).optional(),
    initial_user: z.string().optional(),
    initial_date_time: z.number().optional(),
  }),
});

/** What each field of a form begins with. */
const begins = (view: Modal | undefined) =>
  (view?.blocks ?? []).flatMap((block) => {
    const { data } = Begins.safeParse(block);
    return data === undefined ? [] : [[data.block_id, data.element] as const];
  });

it('shows a form again with all that was answered, below why', () => {
  const answers = {
    why: { value: 'It is *broken*' },
    one: { chosen: 'v2' },
    boxes: { ticked: ['v1', 'v2'] },
    many: { ticked: ['v11'] },
    who: { user: 'U1ROBIN' },
    when: { instant: 1_900_000_060 },
  };
  const again = formAgain(sent(answers), 'That was not *it*');
  expect(validateView(again)).toEqual([]);
  expect(again).toMatchObject({
    callback_id: 'a-form',
    submit: { text: 'Send' },
    close: { text: 'Cancel' },
    private_metadata: '{"run":"RUN-31"}',
  });
  expect(textsOf(again).slice(1, 4)).toContain('That was not *it*');
  expect(Object.fromEntries(begins(again))).toEqual({
    why: { initial_value: 'It is *broken*' },
    one: { initial_option: { value: 'v2' } },
    boxes: { initial_options: [{ value: 'v1' }, { value: 'v2' }] },
    many: { initial_options: [{ value: 'v11' }] },
    who: { initial_user: 'U1ROBIN' },
    when: { initial_date_time: 1_900_000_060 },
  });
});

it('what a client sent nothing for stays as it began', () => {
  const again = formAgain({ ...sent({}), state: { values: {} } }, 'Why');
  expect(again?.blocks.slice(1)).toEqual(form.blocks);
});

it('boxes that were all unticked stay so', () => {
  const again = formAgain(sent({ boxes: { ticked: [] } }), 'Why');
  expect(validateView(JSON.parse(JSON.stringify(again)))).toEqual([]);
  expect(JSON.stringify(again?.blocks.find(({ block_id }) => block_id === 'boxes'))).not.toContain('initial');
});

it('says why once, also when it is shown again and again', () => {
  const once = formAgain(sent({}), 'The first reason');
  const twice = formAgain(sent({}, once), 'The second reason');
  expect(twice?.blocks.filter(({ block_id }) => block_id === BLOCK.notice)).toHaveLength(1);
  expect(JSON.stringify(twice)).not.toContain('The first reason');
});

it.each([
  ['nothing', undefined],
  ['a view without blocks', { ...sent({}), blocks: undefined }],
  ['a state that is none', { ...sent({}), state: 'of emergency' }],
])('makes no form out of %s', (_what, view) => {
  expect(formAgain(view, 'Why')).toBeUndefined();
});
