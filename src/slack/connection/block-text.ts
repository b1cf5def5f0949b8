import { z } from 'zod';
import { plainText, seenText } from '../kit/plain-text.ts';

/** Blocks as Slack gives them: each is looked at by itself, and one that can't be made out is left out. */
export const Blocks = z
  .array(z.looseObject({ type: z.string() }).or(z.unknown().transform(() => undefined)))
  .catch([]);
type Block = NonNullable<z.infer<typeof Blocks>[number]>;

const TextObject = z.object({ text: z.string() });
/** Of a section, a header, a picture; as a string in a block of markdown. */
const Texts = z.object({
  text: z.union([TextObject.transform(({ text }) => text), z.string()]).catch(''),
  title: TextObject.transform(({ text }) => text).catch(''),
  fields: z.array(TextObject.or(z.unknown().transform(() => ({ text: '' })))).catch([]),
  elements: Blocks,
});

/** The text of blocks as people see it, a line or more for each; '' where they have none. */
export const blocksText = (blocks: z.infer<typeof Blocks>): string =>
  blocks
    .map((block) => (block === undefined ? '' : blockText(block)))
    .filter((text) => text !== '')
    .join('\n');

function blockText(block: Block): string {
  if (block.type === 'rich_text') return richText(block);
  if (block.type === 'actions' || block.type === 'input') return '';
  const { title, text, fields, elements } = Texts.parse(block);
  if (block.type === 'context')
    return elements
      .map((element) => (element === undefined ? '' : plainText(Texts.parse(element).text)))
      .filter((said) => said !== '')
      .join(' ');
  return [title, text, ...fields.map((field) => field.text)]
    .map(plainText)
    .filter((said) => said !== '')
    .join('\n');
}

/** A rich text: sections, quotes and code of pieces, and lists of sections. Nothing in it is escaped. */
function richText({ elements }: Block): string {
  const lines = Blocks.parse(elements).map((part) => {
    if (part === undefined) return '';
    if (part.type !== 'rich_text_list') return inline(part['elements']);
    return Blocks.parse(part['elements'])
      .map((item) => `• ${inline(item?.['elements'])}`)
      .join('\n');
  });
  return seenText(lines.filter((line) => line.trim() !== '').join('\n'));
}

const inline = (elements: unknown): string =>
  Blocks.parse(elements)
    .map((element) => (element === undefined ? '' : piece(element)))
    .join('');

const Piece = z.object({
  text: z.string().catch(''),
  url: z.string().catch(''),
  name: z.string().catch(''),
  range: z.string().catch(''),
  user_id: z.string().catch(''),
  channel_id: z.string().catch(''),
  usergroup_id: z.string().catch(''),
  value: z.string().catch(''),
  fallback: z.string().catch(''),
});

function piece(element: Block): string {
  const { text, url, name, range, user_id, channel_id, usergroup_id, value, fallback } = Piece.parse(element);
  switch (element.type) {
    case 'user':
      return `@${user_id}`;
    case 'usergroup':
      return `@${usergroup_id}`;
    case 'channel':
      return `#${channel_id}`;
    case 'broadcast':
      return `@${range}`;
    case 'emoji':
      return `:${name}:`;
    case 'color':
      return value;
    default:
      return text || url || fallback;
  }
}
