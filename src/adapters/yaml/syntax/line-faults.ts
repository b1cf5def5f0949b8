import { excerpt, type Fault, indentOf } from './fault.ts';
import {
  blockNotIndented,
  deeperThanValue,
  entriesNotInLine,
  listOnKeysLine,
  noComma,
  notBesideOthers,
  unclosedBracket,
} from './layout-faults.ts';
import { mend, type Stumble } from './stumble.ts';
import { tabs } from './tabs.ts';
import { otherSpace } from './text-faults.ts';
import {
  colonInText,
  moreAfterQuote,
  noSpaceAfterColon,
  reservedStart,
  unclosedQuote,
} from './value-faults.ts';

/**
 * What a person most likely wrote wrong where the parser stumbled. The parser tells what it expected by the grammar;
 * which habit of writing led to it shows in the line itself. The first sign that fits is the cause.
 */
export function lineFault(stumble: Stumble): Fault | undefined {
  for (const sign of SIGNS) {
    const fault = sign(stumble);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

const SIGNS: readonly ((stumble: Stumble) => Fault | undefined)[] = [
  ({ lines, said }) => (said.startsWith('Tabs are not allowed') ? tabs(lines) : undefined),
  ({ lines, index }) => otherSpace(lines, index),
  unclosedQuote,
  noSpaceAfterColon,
  moreAfterQuote,
  blockNotIndented,
  deeperThanValue,
  reservedStart,
  colonInText,
  entriesNotInLine,
  notBesideOthers,
  noComma,
  unclosedBracket,
  listOnKeysLine,
  directive,
  noColon,
];

function directive({ lines }: Stumble): Fault | undefined {
  const at = lines.findIndex((line) => line.startsWith('%'));
  const line = lines[at];
  if (line === undefined) return undefined;
  return mend(lines, at, `# ${line}`, {
    column: 1,
    expected: 'a key, or a comment, which starts with #',
    found: excerpt(line),
  });
}

function noColon({ lines, index }: Stumble): Fault | undefined {
  const line = lines[index] ?? '';
  if (/:(\s|$)/.test(line) || line.trim() === '') return undefined;
  return {
    line: index + 1,
    column: indentOf(line) + 1,
    expected: 'a key with a colon and a space, or a text in quotes where it goes over several lines',
    found: excerpt(line),
    example: 'key: value',
  };
}
