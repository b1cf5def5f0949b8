import { z } from 'zod';

/** Slack's documented limits, written down a second time so that ours are checked against something. */
const text = (longest: number) => z.string().min(1).max(longest);
const plainText = (longest: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: text(longest), emoji: z.boolean().optional() });
const anyText = (longest: number) =>
  z.union([plainText(longest), z.strictObject({ type: z.literal('mrkdwn'), text: text(longest) })]);
const id = z.string().min(1).max(255);

const Option = z.strictObject({
  text: plainText(75),
  value: text(150),
  description: plainText(75).optional(),
});
const options = (most: number) => z.array(Option).min(1).max(most);

const Confirm = z.strictObject({
  title: plainText(100),
  text: plainText(300),
  confirm: plainText(30),
  deny: plainText(30),
  style: z.enum(['primary', 'danger']).optional(),
});

const Button = z.strictObject({
  type: z.literal('button'),
  action_id: id,
  text: plainText(75),
  value: z.string().max(2_000),
  style: z.enum(['primary', 'danger']).optional(),
  confirm: Confirm.optional(),
});

const Overflow = z.strictObject({
  type: z.literal('overflow'),
  action_id: id,
  options: z
    .array(z.strictObject({ text: plainText(75), value: text(150) }))
    .min(1)
    .max(5),
});

const StaticSelect = z
  .strictObject({
    type: z.literal('static_select'),
    action_id: id,
    placeholder: plainText(150).optional(),
    options: options(100),
    initial_option: Option.optional(),
  })
  .refine(
    (select) => isAmong(select.options, select.initial_option),
    'initial_option is none of the options',
  );

const RadioButtons = z
  .strictObject({
    type: z.literal('radio_buttons'),
    action_id: id,
    options: options(10),
    initial_option: Option.optional(),
  })
  .refine(
    (radios) => isAmong(radios.options, radios.initial_option),
    'initial_option is none of the options',
  );

const Checkboxes = z
  .strictObject({
    type: z.literal('checkboxes'),
    action_id: id,
    options: options(10),
    initial_options: options(10).optional(),
  })
  .refine(
    (boxes) => (boxes.initial_options ?? []).every((option) => isAmong(boxes.options, option)),
    'initial_options are none of the options',
  );

const PlainTextInput = z
  .strictObject({
    type: z.literal('plain_text_input'),
    action_id: id,
    multiline: z.boolean(),
    max_length: z.number().int().min(1).max(3_000),
    placeholder: plainText(150).optional(),
    initial_value: text(3_000).optional(),
  })
  .refine((input) => (input.initial_value ?? '').length <= input.max_length, 'initial_value is too long');

const MultiStaticSelect = z
  .strictObject({
    type: z.literal('multi_static_select'),
    action_id: id,
    placeholder: plainText(150).optional(),
    options: options(100),
    initial_options: options(100).optional(),
  })
  .refine(
    (select) => (select.initial_options ?? []).every((option) => isAmong(select.options, option)),
    'initial_options are none of the options',
  );

const DateTimePicker = z.strictObject({
  type: z.literal('datetimepicker'),
  action_id: id,
  /** Seconds: ten digits. */
  initial_date_time: z.number().int().min(1_000_000_000).max(9_999_999_999).optional(),
});

const UsersSelect = z.strictObject({
  type: z.literal('users_select'),
  action_id: id,
  initial_user: z
    .string()
    .regex(/^[UW][A-Z0-9]+$/)
    .optional(),
});

const blockId = { block_id: id.optional() };

const shown = [
  z
    .strictObject({
      ...blockId,
      type: z.literal('section'),
      text: anyText(3_000).optional(),
      fields: z.array(anyText(2_000)).min(1).max(10).optional(),
    })
    .refine((section) => section.text ?? section.fields, 'a section needs text or fields'),
  z.strictObject({ ...blockId, type: z.literal('header'), text: plainText(150) }),
  z.strictObject({ ...blockId, type: z.literal('divider') }),
  z.strictObject({
    ...blockId,
    type: z.literal('context'),
    elements: z.array(anyText(2_000)).min(1).max(10),
  }),
] as const;

/** In messages only what local-slack's browser draws too. */
const MessageBlock = z.union([
  ...shown,
  z.strictObject({
    ...blockId,
    type: z.literal('actions'),
    elements: z
      .array(z.union([Button, Overflow]))
      .min(1)
      .max(25),
  }),
]);

/** In modals no buttons: local-slack delivers no block_actions from there. */
const ModalBlock = z.union([
  ...shown,
  z.strictObject({
    block_id: id,
    type: z.literal('input'),
    label: plainText(2_000),
    hint: plainText(2_000).optional(),
    optional: z.boolean(),
    element: z.union([
      StaticSelect,
      Checkboxes,
      RadioButtons,
      PlainTextInput,
      MultiStaticSelect,
      DateTimePicker,
      UsersSelect,
    ]),
  }),
]);

const SlackMessage = z.object({
  text: z.string().min(1).max(4_000),
  blocks: z.array(MessageBlock).max(50),
});

const ModalView = z
  .strictObject({
    type: z.literal('modal'),
    callback_id: id,
    title: plainText(24),
    submit: plainText(24).optional(),
    close: plainText(24).optional(),
    private_metadata: z.string().max(3_000).optional(),
    blocks: z.array(ModalBlock).min(1).max(100),
  })
  .refine(
    (view) => view.submit !== undefined || view.blocks.every(({ type }) => type !== 'input'),
    'a modal with inputs needs submit',
  );

const HomeTab = z.strictObject({
  type: z.literal('home'),
  blocks: z.array(MessageBlock).min(1).max(100),
});

const CHARACTERS_OF_BLOCKS = 12_000;

/** What Slack would refuse about a message, and what would ping everybody or break out of its code block. */
export function validateMessage(message: unknown): readonly string[] {
  const parsed = SlackMessage.safeParse(message);
  if (!parsed.success) return problemsOf(parsed.error);
  const { blocks } = parsed.data;
  const characters = textsOf(blocks).reduce((sum, part) => sum + part.length, 0);
  return [
    ...(characters > CHARACTERS_OF_BLOCKS ? [`${characters} characters in all blocks`] : []),
    ...repeated(
      'block_id',
      blocks.map(({ block_id }) => block_id),
    ),
    ...blocks.flatMap((block) =>
      block.type === 'actions'
        ? repeated(
            'action_id',
            block.elements.map((element) => element.action_id),
          )
        : [],
    ),
    ...textsOf(parsed.data).flatMap(deceiving),
    ...[parsed.data.text, ...markupOf(blocks)].flatMap(escaping),
  ];
}

/** The same for a modal. */
export function validateView(view: unknown): readonly string[] {
  const parsed = ModalView.safeParse(view);
  if (!parsed.success) return problemsOf(parsed.error);
  const { blocks } = parsed.data;
  return [
    ...repeated(
      'block_id',
      blocks.map(({ block_id }) => block_id),
    ),
    ...textsOf(view).flatMap(deceiving),
    ...markupOf(blocks).flatMap(escaping),
  ];
}

/** The same for App Home. */
export function validateHome(view: unknown): readonly string[] {
  const parsed = HomeTab.safeParse(view);
  if (!parsed.success) return problemsOf(parsed.error);
  return [...textsOf(view).flatMap(deceiving), ...markupOf(parsed.data.blocks).flatMap(escaping)];
}

/** Every text inside, except values that are never shown. */
export function textsOf(part: unknown): readonly string[] {
  if (Array.isArray(part)) return part.flatMap(textsOf);
  if (part === null || typeof part !== 'object') return [];
  return Object.entries(part).flatMap(([name, value]) =>
    name === 'text' && typeof value === 'string' ? [value] : textsOf(value),
  );
}

const problemsOf = (error: z.ZodError): readonly string[] =>
  error.issues.map((issue) => `${issue.path.join('.')}: ${JSON.stringify(issue).slice(0, 600)}`);

function repeated(name: string, ids: readonly (string | undefined)[]): readonly string[] {
  const given = ids.filter((value) => value !== undefined);
  return given
    .filter((value, index) => given.indexOf(value) !== index)
    .map((value) => `${name} twice: ${value}`);
}

/** Text that Slack reads as mrkdwn; in plain text no markup means anything. */
function markupOf(part: unknown): readonly string[] {
  if (Array.isArray(part)) return part.flatMap(markupOf);
  if (part === null || typeof part !== 'object') return [];
  if ('type' in part && part.type === 'mrkdwn') return textsOf(part);
  return Object.values(part).flatMap(markupOf);
}

const escaping = (part: string): readonly string[] => [
  ...(/<!(channel|here|everyone|subteam(?!\^S[A-Z0-9]+>))/.test(part) ? ['pings everybody'] : []),
  ...(part.split('```').length % 2 === 0 ? ['a code block is left open'] : []),
];

const deceiving = (part: string): readonly string[] => [
  ...(/\p{Cs}/u.test(part) ? ['half a character'] : []),
  ...(/[\u202a-\u202e\u2066-\u2069]/.test(part) ? ['turned direction'] : []),
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not reach a reader
  ...(/[\u0000-\u0008\u000b-\u001f]/.test(part) ? ['control characters'] : []),
];

const isAmong = (all: readonly z.infer<typeof Option>[], one: z.infer<typeof Option> | undefined): boolean =>
  one === undefined || all.some((option) => JSON.stringify(option) === JSON.stringify(one));
