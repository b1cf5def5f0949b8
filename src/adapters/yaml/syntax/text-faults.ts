import { type Fault, withLine } from './fault.ts';

type Look = (lines: readonly string[]) => Fault | undefined;

/** What is wrong with a text before anybody reads it as YAML, the most general first. */
export const textFaults: readonly Look[] = [notUtf8, oldLineEnds, mergeConflict, indentedByOthers];

/** Whatever was read as UTF-8 and isn't has characters in it that stand for what could not be read. */
function notUtf8(lines: readonly string[]): Fault | undefined {
  const index = lines.findIndex((line) => /[\0\uFFFD]/.test(line));
  if (index < 0) return undefined;
  const column = (lines[index] ?? '').search(/[\0\uFFFD]/) + 1;
  const wide = lines.some((line) => line.includes('\0'));
  return {
    line: index + 1,
    column,
    expected: 'a file in UTF-8',
    found: wide ? 'UTF-16, or no text at all' : 'a character in another encoding',
    example: 'save it anew with the encoding UTF-8 (iconv -t UTF-8, or “Save with encoding” in an editor)',
  };
}

function oldLineEnds(lines: readonly string[]): Fault | undefined {
  const index = lines.findIndex((line) => line.includes('\r'));
  if (index < 0) return undefined;
  return {
    line: index + 1,
    column: (lines[index] ?? '').indexOf('\r') + 1,
    expected: 'lines that end with a line feed (LF, or CR LF)',
    found: 'a carriage return inside a line',
    example: 'save it anew with line ends LF',
  };
}

const OURS = /^<{7}(\s|$)/;
const OTHERS = /^(\|{7}(\s|$)|={7}$)/;
const END = /^>{7}(\s|$)/;

/** Goes on with what stands above the line of equal signs. */
function mergeConflict(lines: readonly string[]): Fault | undefined {
  const begin = lines.findIndex((line) => OURS.test(line));
  const length = lines.slice(begin + 1).findIndex((line) => END.test(line));
  if (begin < 0 || length < 0) return undefined;
  const end = begin + 1 + length;
  const other = lines.findIndex((line, index) => index > begin && index < end && OTHERS.test(line));
  const keeps = (index: number) => index < begin || index > end || (index > begin && index < other);
  return {
    line: begin + 1,
    column: 1,
    expected: 'a file whose merge is done',
    found: `a merge conflict, up to line ${end + 1}`,
    example: 'keep what is right of the two parts, and delete the lines <<<<<<<, ======= and >>>>>>>',
    mended: lines.map((line, index) => (keeps(index) ? line : '')),
  };
}

/** Copied from a chat or a page: looks like a space and is none. */
const OTHER_SPACE = /[\u00A0\u2000-\u200B\u202F\u3000]/;
const INDENTED = /^ *[\u00A0\u2000-\u200B\u202F\u3000][\s\u200B]*(?:- +)*[\w-]+:(\s|$)/;

function indentedByOthers(lines: readonly string[]): Fault | undefined {
  const index = lines.findIndex((line) => INDENTED.test(line));
  return index < 0 ? undefined : otherSpace(lines, index);
}

/** A line with such spaces, as a fault; undefined where it has none. */
export function otherSpace(lines: readonly string[], index: number): Fault | undefined {
  const line = lines[index] ?? '';
  const column = line.search(OTHER_SPACE) + 1;
  if (column === 0) return undefined;
  const mended = line.replaceAll('\u200B', '').replace(new RegExp(OTHER_SPACE, 'g'), ' ');
  return {
    line: index + 1,
    column,
    expected: 'ordinary spaces',
    found: 'a character that looks like a space and is another, as copied from a chat or a page',
    example: mended.trimEnd(),
    mended: withLine(lines, index, mended),
  };
}
