import type { Actor } from '../../domain/actor.ts';
import { isUserGroup } from '../../domain/team/team.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
/** Control characters but tab and newline, those that turn the direction of text around, halves of characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a reader
const DECEIVING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\p{Cs}]/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: ANSI sequences begin with the escape character
const ANSI = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\))/g;
const ZERO_WIDTH_SPACE = '\u200b';

/** Foreign text made harmless inside mrkdwn: it can ping nobody, link nowhere and hide nothing. */
export const escapeText = (text: string): string =>
  fenceSafe(makeVisible(text)).replace(/[&<>]/g, (character) => ENTITIES[character] ?? character);

/** Text with what deceives the eye replaced, for plain_text and as a base of everything else. */
export const makeVisible = (text: string): string =>
  text.replace(ANSI, '').replace(/\r\n?/g, '\n').replace(DECEIVING, '\ufffd');

/** At most `limit` UTF-16 units, ending in "…" where something was cut; never cuts a character or an entity in two. */
export function truncate(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = text.slice(0, Math.max(0, limit - 1)).replace(/[\ud800-\udbff]$/, '');
  return `${cut.replace(/&[a-z]{0,3}$/, '')}…`;
}

/** Foreign text on one line of mrkdwn, escaped, at most `limit` long before escaping. */
export const oneLine = (text: string, limit: number): string =>
  escapeText(truncate(text.replace(/\s+/g, ' ').trim(), limit));

/** mrkdwn cut to `limit`, with a code block or a `<link>` that the cut went through mended. */
export function truncateMrkdwn(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = truncate(text, limit - CLOSING.length).replace(/<[^<>]*…$/, '…');
  return cut.split(FENCE).length % 2 === 0 ? cut + CLOSING : cut;
}

/** A code block of foreign text, of at most `limit` characters in all; the text can't break out of it. */
export function codeBlock(text: string, limit: number): string {
  const inside = truncate(escapeText(text), limit - OPENING.length - CLOSING.length);
  return `${OPENING}${inside}${CLOSING}`;
}

/** The text inside code blocks of at most `limit` characters each, split at line ends where there are any. */
export function codeBlocks(text: string, limit: number): readonly string[] {
  const room = limit - OPENING.length - CLOSING.length;
  return splitText(escapeText(text), room).map((part) => `${OPENING}${part}${CLOSING}`);
}

/** `code` within a line. */
export const inlineCode = (text: string, limit = 200): string =>
  `\`${oneLine(text, limit).replaceAll('`', 'ˋ')}\``;

/** An instant in each reader's own time zone; UTC where a client can't do that. */
export function slackDate(iso: string): string {
  const seconds = Math.floor(Date.parse(iso) / 1_000);
  return `<!date^${seconds}^{date_short_pretty} {time}|${iso.slice(0, 16).replace('T', ' ')} UTC>`;
}

/** An actor as readers know them: a mention of a person, or Walkback itself. */
export const nameActor = (actor: Actor): string => (actor.kind === 'user' ? `<@${actor.id}>` : 'Walkback');

/** People and user groups by their ids: "@Alex, @Kim or @seniors", at most six of them named. '' where there are none. */
export function namePeople(ids: readonly string[]): string {
  const shown = ids.slice(0, NAMED_PEOPLE).map(mention);
  if (ids.length > shown.length) return `${shown.join(', ')} and ${ids.length - shown.length} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}`;
}

const mention = (id: string): string => (isUserGroup(id) ? `<!subteam^${id}>` : `<@${id}>`);

const NAMED_PEOPLE = 6;
const FENCE = '```';
const OPENING = `${FENCE}\n`;
const CLOSING = `\n${FENCE}`;

const fenceSafe = (text: string): string =>
  text.replace(/`{3,}/g, (ticks) => [...ticks].join(ZERO_WIDTH_SPACE));

function splitText(text: string, limit: number): readonly string[] {
  if (text.length <= limit) return [text];
  const lineEnd = text.lastIndexOf('\n', limit);
  const cut = lineEnd > limit / 2 ? lineEnd : wholeCharacters(text, limit);
  return [text.slice(0, cut), ...splitText(text.slice(cut).replace(/^\n/, ''), limit)];
}

function wholeCharacters(text: string, limit: number): number {
  const cut = text.slice(0, limit);
  return cut.replace(/&[a-z]{0,3}$/, '').replace(/[\ud800-\udbff]$/, '').length;
}
