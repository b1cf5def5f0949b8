import type { Document, LineCounter } from 'yaml';
import type { Problem } from '../../domain/problem/problem.ts';

type Advice = { readonly expected: string; readonly found?: string; readonly example: string };

const ADVICE: Readonly<Record<string, Advice>> = {
  DUPLICATE_KEY: {
    expected: 'each key once in a mapping',
    found: 'a key for the second time',
    example: 'keep one of the two and delete the other',
  },
  MULTIPLE_DOCS: {
    expected: 'one document in the file',
    example: 'delete the line "---" and what follows it',
  },
  TAB_AS_INDENT: {
    expected: 'spaces as indentation',
    found: 'a tab',
    example: 'two spaces instead of the tab',
  },
  BAD_INDENT: { expected: 'entries of a mapping at the same indentation', example: 'two spaces a level' },
  TAG_RESOLVE_FAILED: { expected: 'plain YAML without tags of its own', example: 'title: plain text' },
};

/** What keeps a text from being YAML, with what yaml itself says about it. */
export function syntaxProblems({
  file,
  document,
  lines,
}: {
  readonly file: string;
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
}): readonly Problem[] {
  return [...document.errors, ...document.warnings].map(({ code, message, pos }) => {
    const { line, col } = lines.linePos(pos[0]);
    const said = message.split('\n', 1)[0] ?? message;
    const advice = { found: said, ...(ADVICE[code] ?? { expected: 'valid YAML', example: 'key: value' }) };
    return {
      level: 'error',
      file,
      line: Math.max(1, line),
      column: Math.max(1, col),
      what: 'syntax',
      ...advice,
    };
  });
}
