import { excerpt, type Fault, indentOf } from './fault.ts';
import { ENTRY, mend, type Stumble } from './stumble.ts';

/** After `run: |` come lines that are indented deeper. */
export function blockNotIndented({ lines, index }: Stumble): Fault | undefined {
  const opener = lines.findLastIndex((line, at) => at < index && line.trim() !== '');
  const above = lines[opener] ?? '';
  if (!/[:-]\s+[|>][+-]?\d?\s*$/.test(above) || indentOf(lines[index] ?? '') > indentOf(above))
    return undefined;
  const line = `${' '.repeat(indentOf(above) + 2)}${(lines[index] ?? '').trim()}`;
  return mend(lines, index, line, {
    column: 1,
    expected: `the text that begins on line ${opener + 1} to be indented deeper than its key`,
    found: excerpt(lines[index] ?? ''),
  });
}

/** A key below one that has its value already. */
export function deeperThanValue({ lines, index, said }: Stumble): Fault | undefined {
  if (!said.startsWith('Nested mappings')) return undefined;
  const [, , value = ''] = ENTRY.exec(lines[index] ?? '') ?? [];
  const next = lines.findIndex((line, at) => at > index && line.trim() !== '');
  const below = lines[next] ?? '';
  if (/:(\s|$)/.test(value) || value === '' || indentOf(below) <= indentOf(lines[index] ?? ''))
    return undefined;
  const depth = contentDepth(lines[index] ?? '');
  return mend(lines, next, ' '.repeat(depth) + below.trim(), {
    column: indentOf(below) + 1,
    expected: `the same indentation as line ${index + 1}, whose key has a value already`,
    found: excerpt(below),
  });
}

/** A list whose dashes do not stand below each other. */
export function entriesNotInLine({ lines, index }: Stumble): Fault | undefined {
  const line = lines[index] ?? '';
  const above = lines.findLastIndex((each, at) => at < index && /^ *- /.test(each));
  const depth = indentOf(lines[above] ?? '');
  if (!/^ *- /.test(line) || above < 0 || depth === indentOf(line)) return undefined;
  return mend(lines, index, ' '.repeat(depth) + line.trimStart(), {
    column: indentOf(line) + 1,
    expected: `the dash below that of line ${above + 1}`,
    found: excerpt(line),
  });
}

/** An indentation that none of the keys above has. */
export function notBesideOthers({ lines, index, said }: Stumble): Fault | undefined {
  if (!/^(All mapping items|Sequence item without)/.test(said)) return undefined;
  const line = lines[index] ?? '';
  const depths = lines.slice(0, index).flatMap((each) => (each.trim() === '' ? [] : [contentDepth(each)]));
  const far = (depth: number) => Math.abs(depth - indentOf(line));
  const [depth] = depths.toSorted((one, other) => far(one) - far(other) || other - one);
  if (depth === undefined) return undefined;
  const above = lines.findLastIndex(
    (each, at) => at < index && each.trim() !== '' && contentDepth(each) === depth,
  );
  return mend(lines, index, ' '.repeat(depth) + line.trimStart(), {
    column: indentOf(line) + 1,
    expected: `the indentation of the keys beside it, as on line ${above + 1}`,
    found: `${excerpt(line)}, ${indentOf(line)} spaces in`,
  });
}

export function noComma({ lines, index, said }: Stumble): Fault | undefined {
  if (!said.includes('within flow collections')) return undefined;
  const line = lines[index] ?? '';
  const mended = line.replace(/([^\s,[{])\s+(?=[\w-]+: )/g, (pair, last, at: number) =>
    line.slice(0, at).includes('{') && last !== ':' ? `${last}, ` : pair,
  );
  if (mended === line) return undefined;
  return mend(lines, index, mended, {
    column: line.indexOf('{') + 1,
    expected: 'commas between what stands in braces',
    found: excerpt(line),
  });
}

/** Where the keys of a line begin, behind its dashes. */
const contentDepth = (line: string): number => /^ *(?:- +)*/.exec(line)?.[0].length ?? 0;

export function unclosedBracket({ lines, index, said }: Stumble): Fault | undefined {
  const bracket = /end with a ([\]}])/.exec(said)?.[1];
  if (bracket === undefined) return undefined;
  const opening = bracket === ']' ? '[' : '{';
  const at = lines.findLastIndex((line, place) => place <= index && isOpen(line, opening, bracket));
  const line = lines[at];
  if (line === undefined) return undefined;
  return mend(lines, at, `${line.trimEnd()}${bracket}`, {
    column: line.lastIndexOf(opening) + 1,
    expected: `a ${bracket} that closes the ${opening}`,
    found: excerpt(line),
  });
}

const isOpen = (line: string, opening: string, closing: string): boolean =>
  line.split(opening).length > line.split(closing).length;

export function listOnKeysLine({ lines, index }: Stumble): Fault | undefined {
  const [, key, entry] = /^(\s*(?:- +)*[\w.-]+:)\s+- +(.*?)\s*$/.exec(lines[index] ?? '') ?? [];
  if (key === undefined || entry === undefined) return undefined;
  return mend(lines, index, `${key} [${entry}]`, {
    column: key.length + 2,
    expected: 'a list in brackets, or with each entry on a line of its own',
    found: excerpt(lines[index] ?? ''),
  });
}
