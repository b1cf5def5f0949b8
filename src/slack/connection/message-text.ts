import { z } from 'zod';
import { firstLine, plainText } from '../kit/plain-text.ts';
import { Blocks, blocksText } from './block-text.ts';

/** Absent, of another kind or none at all: what a Slack of tomorrow sends must not hide the rest. */
const text = z.string().catch('');
const list = <Item extends z.ZodType>(item: Item) =>
  z.array(item.or(z.unknown().transform(() => undefined))).catch([]);

const Attachment = z.object({
  pretext: text,
  title: text,
  text,
  fields: list(z.object({ title: text, value: text })),
  blocks: Blocks,
  footer: text,
  fallback: text,
  /** Of the preview of a page that the message links to; a message that was passed on is `is_share`. */
  from_url: text,
  is_share: z.boolean().catch(false),
});
type Attachment = z.infer<typeof Attachment>;

const Said = z.object({
  text,
  blocks: Blocks,
  attachments: list(Attachment),
  files: list(z.object({ title: text, name: text })),
});

/** What people see of a message: all of it as plain text, and the line of it that makes a title, '' where none does. */
export type SeenMessage = { readonly text: string; readonly title: string };

/**
 * A message of Slack's as people see it, wherever its words stand: in its text, in blocks (which are shown in the
 * text's stead), in attachments, in the names of its files. Foreign text, with nothing cut.
 */
export function readSeen(message: unknown): SeenMessage {
  const { text: typed, blocks, attachments, files } = Said.parse(message ?? {});
  const own = ownText(typed, blocks);
  const attached = known(attachments);
  const more = attached.filter(({ from_url, is_share }) => own === '' || from_url === '' || is_share);
  const said = unlikeEachOther([own, ...more.flatMap(attachmentParts)]);
  const names = known(files).map(({ title, name }) => plainText(title || name));
  return { text: [...said, ...unlikeEachOther(names)].join('\n'), title: firstLine(said.join('\n')) };
}

/** What people type comes as a rich text as well, word for word; what an app shows in blocks has a text of its own. */
function ownText(typed: string, blocks: z.infer<typeof Blocks>): string {
  const written = STAND_INS.test(typed) ? '' : plainText(typed);
  const isTyped = blocks.every((block) => block?.type === 'rich_text');
  return isTyped && written !== '' ? written : blocksText(blocks) || written;
}

function attachmentParts({
  pretext,
  title,
  text: body,
  fields,
  blocks,
  footer,
  fallback,
}: Attachment): readonly string[] {
  const facts = known(fields).map((field) =>
    [field.title, field.value].map(plainText).filter(Boolean).join(': '),
  );
  const shown = [pretext, title, body].map(plainText);
  const said = unlikeEachOther([...shown, ...facts, blocksText(blocks)]);
  if (said.length > 0) return [...said, plainText(footer)];
  return STAND_INS.test(fallback) ? [] : [plainText(fallback)];
}

/** What Slack puts where it has nothing to say. */
const STAND_INS = /^\s*(\[no preview available\]|this content can['’]t be displayed\.?)\s*$/i;

const known = <Item>(items: readonly (Item | undefined)[]): readonly Item[] =>
  items.filter((item) => item !== undefined);

const unlikeEachOther = (parts: readonly string[]): readonly string[] =>
  parts.filter((part, index) => part !== '' && parts.indexOf(part) === index);
