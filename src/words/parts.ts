import type { Actor } from '../domain/actor.ts';
import type { Picture } from './pictures.ts';
import { cut, cutWithin, harmless, onOneLine } from './sanitize.ts';
import { asText, foreign, type InstantStyle, joined, type Sayable, type Text, text } from './text.ts';

const USER = /^[UW][A-Z0-9]+$/;
const GROUP = /^S[A-Z0-9]+$/;
const CHANNEL = /^[CG][A-Z0-9]+$/;
const LINKABLE = /^https?:\/\/[^\s<>|"]+$/;
const LONGEST_CODE = 200;
const LONGEST_QUOTATION = 1_000;
const QUOTED_LINES = 20;
const NAMED_PEOPLE = 6;

/** A person, or everybody in a user group, by the id; what is no such id comes out as text. */
export function person(id: string): Text {
  if (GROUP.test(id)) return [{ kind: 'group', id }];
  return USER.test(id) ? [{ kind: 'person', id }] : foreign(id);
}

/** People and user groups by their ids: "@Alex, @Kim or @seniors", at most six of them named. Empty where there are none. */
export function people(ids: readonly string[]): Text {
  const shown = ids.slice(0, NAMED_PEOPLE).map(person);
  if (ids.length > shown.length) return text`${joined(shown, ', ')} and ${ids.length - shown.length} more`;
  const last = shown.at(-1);
  if (last === undefined || shown.length === 1) return last ?? [];
  return text`${joined(shown.slice(0, -1), ', ')} or ${last}`;
}

/** Whoever did something: a person, or Walkback itself. */
export const doer = (actor: Actor): Text => (actor.kind === 'user' ? person(actor.id) : text`Walkback`);

/** A channel by its id; what is no such id comes out as text. */
export const channel = (id: string): Text => (CHANNEL.test(id) ? [{ kind: 'channel', id }] : foreign(id));

/** An ISO time; what is none comes out as text. */
export function instant(iso: string, style: InstantStyle = 'day-and-time'): Text {
  const at = Date.parse(iso);
  return Number.isNaN(at) ? foreign(iso) : [{ kind: 'instant', at, style }];
}

/** Foreign text on one line, at most `longest` UTF-16 units of it. */
export const line = (typed: string, longest: number): Text => [
  { kind: 'foreign', text: onOneLine(typed, longest) },
];

/** What a program said, on one line: of what is too long both ends stay, since the reason stands last. */
export const report = (said: string, longest: number): Text => [
  { kind: 'foreign', text: withBothEnds(said, longest) },
];

/** Foreign text as code within a line; of what is too long both ends stay. */
export const code = (typed: string, longest = LONGEST_CODE): Text => [
  { kind: 'code', text: withBothEnds(typed, longest) },
];

const withBothEnds = (text: string, longest: number): string =>
  cutWithin(onOneLine(text, Number.POSITIVE_INFINITY), longest);

/** The same whole and as it is, with its spaces. */
export const exactCode = (typed: string): Text => [{ kind: 'code', text: harmless(typed) }];

export const strong = (said: Sayable): Text => [{ kind: 'strong', text: asText(said) }];

/** A link to a page; an address that can't be one leaves the label alone. */
export const link = (url: string, label: string): Text =>
  LINKABLE.test(url) ? [{ kind: 'link', url: harmless(url), label: harmless(label) }] : foreign(label);

/** Foreign text set apart line by line, at most 1,000 UTF-16 units and 20 lines of it. */
export function quotation(typed: string): Text {
  const lines = cut(harmless(typed).trim(), LONGEST_QUOTATION).split('\n');
  const shown = lines.length > QUOTED_LINES ? [...lines.slice(0, QUOTED_LINES - 1), '…'] : lines;
  return [{ kind: 'quotation', text: shown.join('\n') }];
}

export const picture = (name: Picture): Text => [{ kind: 'picture', name }];
