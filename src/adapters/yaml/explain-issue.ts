import type { z } from 'zod';
import { describeFound, type Finding, type Path } from '../../domain/problem.ts';
import { nearest } from './nearest.ts';
import {
  type Choose,
  describeSchema,
  keySchema,
  knownKeys,
  metaOf,
  schemasTo,
  valueAt,
} from './schema-at.ts';

export type Explained = { readonly schema: z.ZodType; readonly value: unknown; readonly choose: Choose };

/** A zod issue as findings a person can act on. Unions are explained by the caller. */
export function explainIssue(issue: z.core.$ZodIssue, explained: Explained): readonly Finding[] {
  const path = toPath(issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => unknownKey(path, key, explained));
  }
  const chain = schemasTo(explained.schema, path, explained);
  const schema = chain.at(-1) ?? explained.schema;
  if (issue.code === 'invalid_key') {
    const keys = keySchema(schemasTo(explained.schema, path.slice(0, -1), explained).at(-1) ?? schema);
    const expected = `as a key ${keys ? describeSchema(keys) : 'another name'}`;
    return [{ path, at: 'key', expected, found: describeFound(path.at(-1)), example: exampleOf(chain) }];
  }
  const value = valueAt(explained.value, path);
  return [
    {
      path,
      expected: expectation(issue, schema, value),
      found: describeFound(value),
      example: exampleOf(chain),
    },
  ];
}

/** Zod's path with what YAML can't have (symbols) as text. */
export const toPath = (path: readonly PropertyKey[]): Path =>
  path.map((part) => (typeof part === 'number' ? part : String(part)));

function unknownKey(path: Path, key: string, explained: Explained): Finding {
  const schema = schemasTo(explained.schema, path, explained).at(-1) ?? explained.schema;
  const target = metaTarget(schema, explained, path);
  const known = knownKeys(target);
  const close = nearest(key, known);
  return {
    path: [...path, key],
    at: 'key',
    expected: `one of the keys ${known.join(', ')}`,
    found: `the unknown key ${JSON.stringify(key)}`,
    example: exampleOf([target, ...schemasTo(target, [close ?? known[0] ?? ''], explained).slice(1)]),
  };
}

/** Inside a union the keys are those of the alternative that was meant. */
const metaTarget = (schema: z.ZodType, { value, choose }: Explained, path: Path): z.ZodType =>
  knownKeys(schema).length > 0 ? schema : (choose(valueAt(value, path)) ?? schema);

function expectation(issue: z.core.$ZodIssue, schema: z.ZodType, value: unknown): string {
  const said = /^expected (.*)$/s.exec(issue.message)?.[1];
  const expected = said ?? describeSchema(schema);
  const unquoted = typeof value === 'number' || typeof value === 'boolean';
  return expected.startsWith('a text') && unquoted ? `${expected}, in quotes` : expected;
}

function exampleOf(chain: readonly z.ZodType[]): string {
  for (const schema of chain.toReversed()) {
    const example = metaOf(schema, 'example');
    if (example !== undefined) return example;
  }
  return 'see docs/writing-a-playbook.md';
}
