import { z } from 'zod';
import { describeUnknown, nearest } from '../../domain/problem/nearest.ts';
import { describeFound, type Finding, type Path } from '../../domain/problem/problem.ts';
import { meantValue } from './meant-value.ts';
import {
  type Choose,
  describeSchema,
  keySchema,
  knownKeys,
  metaOf,
  schemasTo,
  valueAt,
  valueSchema,
} from './schema-at.ts';
import { quoted } from './syntax/fault.ts';

export type Explained = {
  readonly schema: z.ZodType;
  readonly value: unknown;
  readonly choose: Choose;
  /** A value as its file has it, where YAML doesn't read it as a text; by its path from `value`. */
  readonly written: (path: Path) => string | undefined;
};

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
  const written = explained.written(path);
  const found = written ?? describeFound(value);
  const inQuotes = written !== undefined && schema.safeParse(written).success;
  const meant = inQuotes ? quoted(written) : meantValue(schema, value);
  return [
    {
      path,
      expected: `${expectation(issue, schema)}${inQuotes ? ', in quotes' : ''}`,
      found,
      example: meant === undefined ? exampleAt(path, chain) : valueWritten(path, meant),
    },
  ];
}

const valueWritten = (path: Path, text: string): string => {
  const key = path.at(-1);
  return `${typeof key === 'string' ? `${key}:` : '-'} ${text}`;
};

/** Zod's path with what YAML can't have (symbols) as text. */
export const toPath = (path: readonly PropertyKey[]): Path =>
  path.map((part) => (typeof part === 'number' ? part : String(part)));

function unknownKey(path: Path, key: string, explained: Explained): Finding {
  const schema = schemasTo(explained.schema, path, explained).at(-1) ?? explained.schema;
  const target = metaTarget(schema, explained, path);
  const known = knownKeys(target);
  const close = nearest(key, known);
  const given = valueAt(explained.value, path);
  const missing = known.find((other) => valueAt(given, [other]) === undefined);
  const shown = close ?? missing ?? known[0] ?? '';
  return {
    path: [...path, key],
    at: 'key',
    expected: `one of the keys ${known.join(', ')}`,
    found: `the unknown key ${describeUnknown(key, known)}`,
    example: exampleAt([shown], schemasTo(target, [shown], explained)),
  };
}

/** Inside a union the keys are those of the alternative that was meant. */
const metaTarget = (schema: z.ZodType, { value, choose }: Explained, path: Path): z.ZodType =>
  knownKeys(schema).length > 0 ? schema : (choose(valueAt(value, path)) ?? schema);

const expectation = (issue: z.core.$ZodIssue, schema: z.ZodType): string =>
  /^expected (.*)$/s.exec(issue.message)?.[1] ?? describeSchema(schema);

/** The example at a path; that of an entry of a mapping of names speaks of this entry's name. */
function exampleAt(path: Path, chain: readonly z.ZodType[]): string {
  const example = exampleOf(chain);
  const mapping = chain.at(-2);
  const name = path.at(-1);
  const own = metaOf(chain.at(-1) ?? z.never(), 'example') !== undefined && typeof name === 'string';
  return own && mapping && valueSchema(mapping) ? example.replace(/^[\w-]+(?=: )/, () => name) : example;
}

function exampleOf(chain: readonly z.ZodType[]): string {
  for (const schema of chain.toReversed()) {
    const example = metaOf(schema, 'example');
    if (example !== undefined) return example;
  }
  return 'see docs/writing-a-playbook.md';
}
