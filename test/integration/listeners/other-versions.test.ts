import { expect, it } from 'vitest';
import { z } from 'zod';
import { SLACK_ACTIONS } from '../../../src/slack/incident/actions/actions.ts';
import { ACTION, BLOCK, incidentFormId, VIEW } from '../../../src/slack/kit/ids.ts';
import { aDoor, type DoorWorld } from '../../support/door-world.ts';
import { textsOf, validateView } from '../../support/slack-rules.ts';

const FORMS = [
  ...Object.values(VIEW).filter((callback) => callback !== VIEW.telling),
  ...SLACK_ACTIONS.flatMap(({ kind, press }) => (kind === 'form' ? [incidentFormId(press)] : [])),
];
const Updated = z.object({ response_action: z.literal('update'), view: z.looseObject({}) });

/** What the modal shows by its acknowledgement, which has to name a reference of the log. */
function shownBy(acknowledged: unknown, { logged }: DoorWorld) {
  const { view } = Updated.parse(acknowledged);
  expect(validateView(view)).toEqual([]);
  const text = textsOf(view).join('\n');
  const reference = /`([0-9a-f]{8})`/.exec(text)?.[1];
  expect(logged.find(({ fields }) => 'reference' in fields && fields.reference === reference)).toMatchObject({
    level: 'warn',
    message: 'a form could not be read',
  });
  return { view, text };
}

const form = (callback: string, more: object = {}) => ({
  type: 'modal',
  callback_id: callback,
  title: { type: 'plain_text', text: 'A form' },
  submit: { type: 'plain_text', text: 'Send' },
  private_metadata: '{"version":"other"}',
  blocks: [
    {
      type: 'input',
      block_id: BLOCK.reason,
      label: { type: 'plain_text', text: 'Why?' },
      optional: false,
      element: { type: 'plain_text_input', action_id: ACTION.value, multiline: true, max_length: 1_000 },
    },
  ],
  state: {
    values: { [BLOCK.reason]: { [ACTION.value]: { type: 'plain_text_input', value: 'I typed that' } } },
  },
  ...more,
});

it('a form that can’t be read is acknowledged with why, a reference and what was typed, whichever form it is', async () => {
  const door = await aDoor();
  for (const callback of FORMS) {
    const { view, text } = shownBy(await door.sendView(form(callback)), door);
    expect(text, callback).toContain('from another version of Walkback');
    expect(JSON.stringify(view), callback).toContain('"initial_value":"I typed that"');
  }
  expect(door.seen.every((seen) => seen.in === 'modal')).toBe(true);
});

it.each([
  ['a state that is none', { state: 'of emergency' }],
  ['no state', { state: undefined }],
  ['metadata that is no JSON', { private_metadata: 'version 1' }],
])('a form with %s is acknowledged with why', async (_what, more) => {
  const door = await aDoor();
  const { text } = shownBy(await door.sendView(form(VIEW.rollbackForm, more)), door);
  expect(text).toContain("couldn't be read");
});

it('a form that nobody listens to is acknowledged with why, and keeps what was typed', async () => {
  const door = await aDoor();
  const { view, text } = shownBy(await door.sendView(form('of-yesterday')), door);
  expect(text).toContain('open it again by its button or its command');
  expect(JSON.stringify(view)).toContain('I typed that');
});

it.each([
  ['that nobody listens to', 'of-yesterday', '{}'],
  ['that carries something unknown', ACTION.approve, '{"version":"other"}'],
])('a button %s is answered for the person alone, with a reference', async (_what, action, value) => {
  const door = await aDoor();
  await door.press(action, value);
  expect(door.seen).toEqual([
    { in: 'private', text: expect.stringContaining('from another version of Walkback, so nothing was done') },
  ]);
  const reference = /`([0-9a-f]{8})`/.exec(door.seen[0]?.text ?? '')?.[1];
  expect(door.logged).toContainEqual(
    expect.objectContaining({ level: 'warn', fields: expect.objectContaining({ reference }) }),
  );
});
