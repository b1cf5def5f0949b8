/** Control characters but tab and newline, those that turn the direction of text around, halves of characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a reader
const DECEIVING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\p{Cs}]/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: ANSI sequences begin with the escape character
const ANSI = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\))/g;
const LINE_ENDS = /\r\n?|[\u2028\u2029]/g;

/**
 * Foreign text made harmless to the eye, for every way to people: colours of terminals gone, line ends alike ("\n"),
 * what deceives shown as "\ufffd". It says nothing of a channel's own markup.
 */
export const harmless = (text: string): string =>
  text.replace(ANSI, '').replace(LINE_ENDS, '\n').replace(DECEIVING, '\ufffd');

/** The same on one line, at most `longest` UTF-16 units of it. */
export const onOneLine = (text: string, longest: number): string =>
  cut(harmless(text).replace(/\s+/g, ' ').trim(), longest);

/** At most `longest` UTF-16 units, ending in "…" where something was cut; never cuts a character in two. */
export function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const end = Math.max(0, longest - 1);
  return `${text.slice(0, splitsCharacter(text, end) ? end - 1 : end)}…`;
}

/** The same with "…" in the middle: both ends stay. */
export function cutWithin(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const head = cut(text, Math.ceil(longest / 2));
  const from = text.length - Math.floor(longest / 2);
  return `${head}${text.slice(splitsCharacter(text, from) ? from + 1 : from)}`;
}

const splitsCharacter = (text: string, end: number): boolean =>
  end > 0 && isHigh(text.charCodeAt(end - 1)) && isLow(text.charCodeAt(end));

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;
