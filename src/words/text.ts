import type { Picture } from './pictures.ts';
import { harmless } from './sanitize.ts';

/**
 * A piece of what people read, in no channel's markup. Whatever was typed is harmless to the eye already
 * (sanitize.ts); whoever draws it only sees to it that it stays text.
 */
export type Part =
  | { readonly kind: 'ours'; readonly text: string }
  /** What people, files or programs wrote. */
  | { readonly kind: 'foreign'; readonly text: string }
  | { readonly kind: 'person'; readonly id: string }
  /** Everybody in a user group. */
  | { readonly kind: 'group'; readonly id: string }
  | { readonly kind: 'channel'; readonly id: string }
  /** In each reader's own time zone, where that can be; `at` in milliseconds since the epoch. */
  | { readonly kind: 'instant'; readonly at: number; readonly style: InstantStyle }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'strong'; readonly text: Text }
  | { readonly kind: 'link'; readonly url: string; readonly label: string }
  /** Of one or more lines. */
  | { readonly kind: 'quotation'; readonly text: string }
  | { readonly kind: 'picture'; readonly name: Picture };

export type Text = readonly Part[];
export type InstantStyle = 'day-and-time' | 'time';
/** Draws a text for one channel: mrkdwn, HTML, plain. */
export type Draw = (text: Text) => string;

/** What may stand in a sentence: a string is always taken for foreign, so that nothing typed can become markup. */
export type Sayable = Text | string | number;

/** A sentence: text`I don't know a service ${code(name)}.` */
export const text = (ours: TemplateStringsArray, ...said: readonly Sayable[]): Text =>
  ours.flatMap((words, index) => [
    ...(words === '' ? [] : [{ kind: 'ours', text: words } as const]),
    ...asText(said[index] ?? []),
  ]);

/** Text that is not ours, whole, with its lines. */
export const foreign = (typed: string): Text => [{ kind: 'foreign', text: harmless(typed) }];

export const asText = (said: Sayable): Text => {
  if (typeof said === 'number') return [{ kind: 'ours', text: String(said) }];
  return typeof said === 'string' ? foreign(said) : said;
};

/** Texts one after the other, with something between each two. */
export const joined = (said: readonly Sayable[], between: Sayable): Text =>
  said.flatMap((each, index) => (index === 0 ? asText(each) : [...asText(between), ...asText(each)]));
