import { excerpt, type Fault, quoted } from './fault.ts';
import { ENTRY, mend, type Stumble } from './stumble.ts';

export function unclosedQuote({ lines, index, said }: Stumble): Fault | undefined {
  if (!said.startsWith('Missing closing')) return undefined;
  const at = lines.findIndex((line, place) => place <= index && openQuote(line) !== undefined);
  const line = lines[at] ?? '';
  const quote = openQuote(line);
  if (quote === undefined) return undefined;
  return mend(lines, at, `${line.trimEnd()}${quote}`, {
    column: line.lastIndexOf(quote) + 1,
    expected: `a text whose ${quote} is closed`,
    found: excerpt(line),
  });
}

/** The quote that a value of the line begins with and that isn't closed on it. */
function openQuote(line: string): string | undefined {
  const opening = /(?::\s+|-\s+|[[{,]\s*)(["'])((?:\\.|(?!\1).)*)$/.exec(line);
  return opening?.[1];
}

export function noSpaceAfterColon({ lines, index }: Stumble): Fault | undefined {
  const line = lines[index] ?? '';
  const [, key, value] = /^(\s*(?:- +)*[A-Za-z_][\w-]*):([^\s/].*)$/.exec(line) ?? [];
  if (key === undefined || value === undefined) return undefined;
  return mend(lines, index, `${key}: ${value}`, {
    column: key.length + 1,
    expected: 'a space after the colon',
    found: excerpt(line),
  });
}

export function moreAfterQuote({ lines, index }: Stumble): Fault | undefined {
  const [, key, value = ''] = ENTRY.exec(lines[index] ?? '') ?? [];
  const [, quote = '', inside, rest] = /^(["'])((?:\\.|(?!\1).)*)\1(?=[^\s#])?(.*)$/.exec(value) ?? [];
  if (key === undefined || inside === undefined || !rest || /^\s*(#.*)?$/.test(rest)) return undefined;
  const whole = (inside + (rest.endsWith(quote) ? quote + rest.slice(0, -1) : quote + rest)).trim();
  return mend(lines, index, `${key} ${quoted(whole)}`, {
    column: key.length + 2,
    expected: 'quotes around the whole text, or none',
    found: excerpt(value),
  });
}

const STARTS: Readonly<Record<string, string>> = {
  '@': 'a text that starts with @',
  '`': 'a text that starts with a backtick',
  '%': 'a text that starts with %',
  '>': 'a text that starts with >',
  '|': 'a text that starts with |',
  ']': 'a text that starts with ]',
  '}': 'a text that starts with }',
  '*': 'a text that starts with *',
  ',': 'a text that starts with a comma',
  '?': 'a text that starts with ?',
};

/** These mean something to YAML at the start of a value. */
export function reservedStart({ lines, index }: Stumble): Fault | undefined {
  const [, key, value = ''] = ENTRY.exec(lines[index] ?? '') ?? [];
  const found = STARTS[value.charAt(0)];
  if (key === undefined || found === undefined || /^[|>][+-]?\d?$/.test(value)) return undefined;
  return mend(lines, index, `${key} ${quoted(value)}`, {
    column: key.length + 2,
    expected: `quotes around ${found}`,
    found: excerpt(value),
  });
}

export function colonInText({ lines, index, said }: Stumble): Fault | undefined {
  if (!said.startsWith('Nested mappings')) return undefined;
  const [, key, value] = ENTRY.exec(lines[index] ?? '') ?? [];
  if (key === undefined || value === undefined || !/:(\s|$)/.test(value)) return undefined;
  return mend(lines, index, `${key} ${quoted(value)}`, {
    column: key.length + 2,
    expected: 'quotes around a text with a colon and a space in it',
    found: excerpt(value),
  });
}
