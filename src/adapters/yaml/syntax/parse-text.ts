import { type Document, isAlias, LineCounter, parseDocument, visit } from 'yaml';
import { describeUnknown } from '../../../domain/problem/nearest.ts';
import { excerpt, type Fault, quoted } from './fault.ts';
import { lineFault } from './line-faults.ts';
import { textFaults } from './text-faults.ts';

export type ParsedText = {
  readonly faults: readonly Fault[];
  /** Left out where what is wrong leaves nothing to go on with; else with the faults mended. */
  readonly read?: {
    readonly document: Document.Parsed;
    readonly lines: LineCounter;
    readonly text: string;
  };
};

/** What the parser itself makes the best of, so that nothing needs mending. */
const HARMLESS: Readonly<Record<string, Pick<Fault, 'expected' | 'example'> & { readonly found?: string }>> =
  {
    DUPLICATE_KEY: {
      expected: 'each key once in a mapping',
      found: 'a key for the second time',
      example: 'keep one of the two and delete the other',
    },
    MULTIPLE_DOCS: {
      expected: 'one document in the file',
      found: 'another one, which begins here',
      example: 'delete the line "---" and what follows it, or put it into a file of its own',
    },
    BAD_DQ_ESCAPE: {
      expected: 'single quotes around a text with a backslash',
      example: "path: 'C:\\folder'",
    },
    TAG_RESOLVE_FAILED: {
      expected: 'plain YAML without tags of its own; a text that starts with ! needs quotes',
      example: 'title: "!important"',
    },
  };

/** Most faults that are mended to look further: a file with more is written in another language. */
const MOST = 20;

/**
 * Parses a text. What is wrong with its syntax is told in plain words, and mended in memory as it was most likely
 * meant, so that it doesn't hide what else is wrong. Lines stay where they were.
 */
export function parseText(text: string): ParsedText {
  let lines: readonly string[] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const faults: Fault[] = [];
  const note = (fault: Fault): boolean => {
    faults.push(fault);
    lines = fault.mended ?? lines;
    return fault.mended !== undefined;
  };
  for (const look of textFaults) {
    for (let fault = look(lines); fault !== undefined && faults.length < MOST; fault = look(lines)) {
      if (!note(fault)) return { faults };
    }
  }
  while (faults.length < MOST) {
    const counter = new LineCounter();
    const mended = lines.join('\n');
    const document = parseDocument(mended, {
      lineCounter: counter,
      prettyErrors: false,
      uniqueKeys: true,
      logLevel: 'error',
    });
    const fault = worstOf(document, counter, lines);
    if (fault === undefined) {
      faults.push(...harmlessIn(document, counter, lines));
      return { faults, read: { document, lines: counter, text: mended } };
    }
    const again = faults.some(({ line, mended }) => mended !== undefined && line === fault.line);
    if (again || !note(fault)) return { faults: again ? faults : [...faults] };
  }
  return { faults };
}

function worstOf(
  document: Document.Parsed,
  counter: LineCounter,
  lines: readonly string[],
): Fault | undefined {
  const error = document.errors.find(({ code }) => !Object.hasOwn(HARMLESS, code));
  if (error === undefined) return unknownAlias(document, counter, lines);
  const { line, col } = counter.linePos(error.pos[0]);
  const index = Math.min(Math.max(1, line), lines.length) - 1;
  return (
    lineFault({ lines, index, said: error.message }) ?? {
      line: index + 1,
      column: Math.max(1, col),
      expected: 'valid YAML',
      found: `${excerpt(lines[index] ?? '') || 'the end of the file'} (${error.message})`,
      example: 'key: value',
    }
  );
}

/** `*name` where no `&name` stands before it: mostly a glob without its quotes. */
function unknownAlias(document: Document.Parsed, counter: LineCounter, lines: readonly string[]) {
  const known: string[] = [];
  let fault: Fault | undefined;
  visit(document, {
    Node: (_key, node) => {
      if (!isAlias(node)) {
        if ('anchor' in node && typeof node.anchor === 'string') known.push(node.anchor);
        return undefined;
      }
      if (known.includes(node.source)) return undefined;
      const { line, col } = counter.linePos(node.range?.[0] ?? 0);
      const text = `*${node.source}`;
      const whole = lines[line - 1] ?? '';
      const mended = whole.slice(0, col - 1) + quoted(text) + whole.slice(col - 1 + text.length);
      fault = {
        line,
        column: col,
        expected: 'quotes around a text that starts with *, or an anchor (&name) before it',
        found: known.length > 0 ? describeUnknown(node.source, known).replaceAll('"', '') : text,
        example: mended.trim(),
        mended: lines.map((each, index) => (index === line - 1 ? mended : each)),
      };
      return visit.BREAK;
    },
  });
  return fault;
}

function harmlessIn(
  document: Document.Parsed,
  counter: LineCounter,
  lines: readonly string[],
): readonly Fault[] {
  return [...document.errors, ...document.warnings].map(({ code, message, pos }) => {
    const { line, col } = counter.linePos(pos[0]);
    const found = excerpt(lines[line - 1] ?? message);
    return {
      line: Math.max(1, line),
      column: Math.max(1, col),
      ...{ found, expected: 'valid YAML', example: 'key: value' },
      ...HARMLESS[code],
    };
  });
}
