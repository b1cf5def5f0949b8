import { type Fault, withLine } from './fault.ts';

/** Where the parser stumbled (the index of a line), and what it says. */
export type Stumble = { readonly lines: readonly string[]; readonly index: number; readonly said: string };

/** Key (with its indentation and dashes), and what follows the colon. */
export const ENTRY = /^(\s*(?:- +)*(?:[\w.-]+|"[^"]*"|'[^']*'):)\s+(.*?)\s*$/;

/** The fault of one line, with that line as it should be. */
export function mend(
  lines: readonly string[],
  index: number,
  line: string,
  words: Pick<Fault, 'column' | 'expected' | 'found'>,
): Fault {
  return { line: index + 1, ...words, example: line.trim(), mended: withLine(lines, index, line) };
}
