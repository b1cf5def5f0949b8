import type { Actor } from '../../domain/actor.ts';
import {
  channel,
  code,
  doer,
  exactCode,
  instant,
  line,
  link,
  people,
  person,
  picture,
  report,
} from '../../words/parts.ts';
import type { Picture } from '../../words/pictures.ts';
import { cut } from '../../words/sanitize.ts';
import { foreign } from '../../words/text.ts';
import { drawMrkdwn } from './mrkdwn.ts';

/** Foreign text made harmless inside mrkdwn: it can ping nobody, link nowhere and hide nothing. */
export const escapeText = (text: string): string => drawMrkdwn(foreign(text));

/** At most `limit` UTF-16 units, ending in "…" where something was cut; never cuts a character or an entity in two. */
export const truncate = (text: string, limit: number): string =>
  text.length <= limit ? text : cut(text, limit).replace(/&[a-z]{0,3}…$/, '…');

/** Foreign text on one line of mrkdwn, escaped, at most `limit` long before escaping. */
export const oneLine = (text: string, limit: number): string => drawMrkdwn(line(text, limit));

/** The same of what a program said: of what is too long both ends stay. */
export const reportLine = (text: string, limit: number): string => drawMrkdwn(report(text, limit));

/** mrkdwn cut to `limit`, with a code block or a `<link>` that the cut went through mended. */
export function truncateMrkdwn(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cutText = truncate(text, limit - CLOSING.length).replace(/<[^<>]*…$/, '…');
  return cutText.split(FENCE).length % 2 === 0 ? cutText + CLOSING : cutText;
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
export const inlineCode = (text: string, limit?: number): string => drawMrkdwn(code(text, limit));

/** The same whole and as it is, with its spaces. */
export const wholeCode = (text: string): string => drawMrkdwn(exactCode(text));

/** An ISO time in each reader's own time zone; UTC where a client can't do that. */
export const slackDate = (iso: string): string => drawMrkdwn(instant(iso));

/** The same without the day. */
export const timeOnly = (iso: string): string => drawMrkdwn(instant(iso, 'time'));

/** A person or a user group, by the id. */
export const mention = (id: string): string => drawMrkdwn(person(id));

/** A channel, by the id. */
export const channelRef = (id: string): string => drawMrkdwn(channel(id));

/** A link with words of ours; an address that is none comes out as the words alone. */
export const linkTo = (address: string, words: string): string => drawMrkdwn(link(address, words));

/** An actor as readers know them: a mention of a person, or Walkback itself. */
export const nameActor = (actor: Actor): string => drawMrkdwn(doer(actor));

/** People and user groups by their ids: "@Alex, @Kim or @seniors", at most six of them named. '' where there are none. */
export const namePeople = (ids: readonly string[]): string => drawMrkdwn(people(ids));

/** Typed text as a quotation of at most `limit` characters before escaping. */
export const quoted = (text: string, limit: number): string =>
  escapeText(truncate(text.trim(), limit))
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');

/** A small picture, in mrkdwn; in plain text it is its character, of words/pictures.ts. */
export const pictured = (name: Picture): string => drawMrkdwn(picture(name));

const FENCE = '```';
const OPENING = `${FENCE}\n`;
const CLOSING = `\n${FENCE}`;

function splitText(text: string, limit: number): readonly string[] {
  if (text.length <= limit) return [text];
  const lineEnd = text.lastIndexOf('\n', limit);
  const end = lineEnd > limit / 2 ? lineEnd : wholeCharacters(text, limit);
  return [text.slice(0, end), ...splitText(text.slice(end).replace(/^\n/, ''), limit)];
}

function wholeCharacters(text: string, limit: number): number {
  const piece = text.slice(0, limit);
  return piece.replace(/&[a-z]{0,3}$/, '').replace(/[\ud800-\udbff]$/, '').length;
}
