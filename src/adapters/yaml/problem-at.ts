import type { Document, LineCounter } from 'yaml';
import { type Finding, formatPath, type Problem } from '../../domain/problem/problem.ts';
import { createRedactor } from '../../engine/redact.ts';
import type { AsWritten } from './as-written.ts';
import { locate } from './locate.ts';
import type { Fault } from './syntax/fault.ts';

/** Makes problems of what rules and the schema find: with its place, values and keys as they are written, no password. */
export function createProblemAt({
  file,
  document,
  lines,
  written,
}: {
  readonly file: string;
  readonly document: Document;
  readonly lines: LineCounter;
  readonly written: AsWritten;
}): (finding: Finding) => Problem {
  return ({ path, at, level = 'error', expected, found, example }) => {
    const shown = at === 'key' ? written.foundKey(path, found) : written.found(path, found);
    return {
      level,
      file,
      ...locate({ document, lines }, path, at),
      what: formatPath(written.path(path)),
      expected,
      ...(shown === undefined ? {} : { found: hide(shown) }),
      example: hide(example),
    };
  };
}

/** What keeps the file from being YAML. */
export const faultProblem = (file: string, { line, column, expected, found, example }: Fault): Problem => ({
  level: 'error',
  file,
  line,
  column,
  what: 'syntax',
  expected,
  found: hide(found),
  example: hide(example),
});

const hide = createRedactor({ secrets: [] });
