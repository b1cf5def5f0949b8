const PAIRS = ['“”', '„“', '«»', '‘’', '‚‘', '""', "''", '``', '<>'];
/** What phones and editors put into names unasked, and nobody sees. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu;
const DASHES = /[\u2010-\u2015\u2212\ufe58\ufe63]/g;

/**
 * A name (of a service, a release, a run, a command) as it was meant, however a phone, an editor or a sentence dressed
 * it: without quotes, marks of a sentence and what nobody sees, with plain letters and dashes.
 */
export const typedName = (typed: string): string =>
  typed.length > LONGEST_NAME
    ? typed.trim()
    : unquoted(
        typed
          .normalize('NFKC')
          .replace(UNSEEN, '')
          .replace(DASHES, '-')
          .replace(/[,;:.!?\s]+$/, ''),
      );

const LONGEST_NAME = 300;

/** A text that stands in quotes whole, without them; any other as it is, but for space around it. */
export function unquoted(text: string): string {
  const trimmed = text.trim();
  const inside = trimmed.slice(1, -1);
  const isQuoted = PAIRS.some(
    ([open = '', close = '']) =>
      trimmed.length > 2 &&
      trimmed.startsWith(open) &&
      trimmed.endsWith(close) &&
      !holds(inside, open, close),
  );
  return isQuoted ? inside.trim() : trimmed;
}

/** Quotes inside as well: the outer two are no pair. An apostrophe within a word is no quote. */
const holds = (inside: string, ...quotes: readonly string[]): boolean =>
  quotes.some((quote) => inside.replace(/(?<=\p{L})['’](?=\p{L})/gu, '').includes(quote));
