import Handlebars from 'handlebars';
import { z } from 'zod';
import type { Problem } from '../../domain/problem/problem.ts';

export type ParsedTemplate =
  | { readonly ok: true; readonly program: hbs.AST.Program }
  | { readonly ok: false; readonly problem: Problem };

/** Parses a template; what Handlebars can't read is a problem with its line and column. */
export function parseTemplate(file: string, text: string): ParsedTemplate {
  try {
    return { ok: true, program: Handlebars.parse(text) };
  } catch (error) {
    return { ok: false, problem: { ...place(error, text), level: 'error', file, ...words(error) } };
  }
}

/** Errors about blocks carry their place; errors of the grammar only describe it. */
const Placed = z.object({ lineNumber: z.number(), column: z.number() });

function place(error: unknown, text: string): { readonly line: number; readonly column: number } {
  const placed = Placed.safeParse(error);
  if (placed.success) return { line: placed.data.lineNumber, column: placed.data.column + 1 };
  const message = error instanceof Error ? error.message : '';
  const line = Number(/ on line (\d+)/.exec(message)?.[1] ?? 1);
  const [, excerpt = '', pointer = ''] = message.split('\n');
  return { line, column: columnOf({ text, line, before: excerpt.slice(0, pointer.length - 1) }) };
}

/** The grammar's error shows the last 20 characters before the fault, without line ends: where do they end? */
function columnOf(fault: { readonly text: string; readonly line: number; readonly before: string }): number {
  const lines = fault.text.split('\n');
  const start = lines.slice(0, fault.line - 1).reduce((sum, line) => sum + line.length + 1, 0);
  const length = lines[fault.line - 1]?.length ?? 0;
  for (let column = 0; column <= length; column += 1) {
    if (shownBefore(fault.text.slice(0, start + column)) === fault.before) return column + 1;
  }
  return 1;
}

const SHOWN = 20;
const shownBefore = (past: string): string =>
  (past.length > SHOWN ? '...' : '') + past.slice(-SHOWN).replaceAll('\n', '');

function words(error: unknown) {
  const message = error instanceof Error ? error.message : String(error);
  const [, begun, ended] = /^(\S+) doesn't match (\S+)/.exec(message) ?? [];
  if (ended !== undefined)
    return {
      what: 'syntax',
      expected: `{{/${begun}}} as the end of {{#${begun}}}`,
      found: `{{/${ended}}}`,
      example: `{{#${begun} reason}}{{quote reason}}{{/${begun}}}`,
    };
  const got = /got '(\w+)'/.exec(message)?.[1];
  return {
    what: 'syntax',
    expected: 'a Handlebars template',
    found: got === undefined ? (message.split('\n', 1)[0] ?? '') : (TOKENS[got] ?? 'what can not stand here'),
    example: '{{#if reason}}{{quote reason}}{{/if}}',
  };
}

const TOKENS: Readonly<Record<string, string>> = {
  EOF: 'the end of the file before a block was closed',
  INVALID: 'something that is neither closed by }} nor a name',
  OPEN_ENDBLOCK: 'the end of a block that was not begun',
  INVERSE: 'an {{else}} outside a block',
  CLOSE: 'the end }} where a name was to come',
  CLOSE_UNESCAPED: 'the end }}} where a name was to come',
  EQUALS: 'an = sign: two things are compared by {{#if (eq a b)}}',
  CLOSE_SEXPR: 'a ) that was not opened, or too early',
  SEP: 'a dot or slash with no name behind it',
  OPEN: 'another {{ before the one before was closed',
  OPEN_BLOCK: 'another {{# before the {{ before it was closed',
  OPEN_SEXPR: 'a ( where a name was to come',
};
