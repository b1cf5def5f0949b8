import type { Document } from 'yaml';
import type { z } from 'zod';
import type { Partly } from '../../domain/problem/partly.ts';
import type { Finding, Path, Problem } from '../../domain/problem/problem.ts';
import { type AsWritten, asWritten } from './as-written.ts';
import { explainIssue, toPath } from './explain-issue.ts';
import { createProblemAt, faultProblem } from './problem-at.ts';
import { readablePart } from './readable-part.ts';
import { type Choose, schemasTo, valueAt, valueSchema } from './schema-at.ts';
import { parseText } from './syntax/parse-text.ts';

/** How a union in the schema is to be read: the alternative that a value means, or what is wrong with it. */
export type UnionGuide = {
  readonly choose: Choose;
  readonly explain: (value: unknown, path: Path) => Finding;
};

/** What could be read of a file, for rules; `problemAt` gives what they find its line and column. */
export type Draft<Value> = {
  readonly part: Partly<Value>;
  readonly problemAt: (finding: Finding) => Problem;
};

/** A parsed file, or what is wrong with it; a file that is YAML has a draft either way. */
export type ReadYaml<Value> =
  | { readonly ok: true; readonly value: Value; readonly draft: Draft<Value>; readonly problems: readonly [] }
  | { readonly ok: false; readonly draft?: Draft<Value>; readonly problems: readonly Problem[] };

/** Longest file, in characters, and most uses of aliases: a configuration needs neither. */
const LONGEST = 256 * 1024;
const MOST_ALIASES = 50;

/**
 * Parses YAML and checks it against a schema. Everything that is wrong is reported, at its line and column: faults of
 * syntax don't hide the rest, where it can be told what was meant.
 */
export function readYaml<Value>({
  file,
  text,
  schema,
  union,
}: {
  readonly file: string;
  readonly text: string;
  readonly schema: z.ZodType<Value>;
  readonly union?: UnionGuide;
}): ReadYaml<Value> {
  if (text.length > LONGEST) return { ok: false, problems: [tooLong(file)] };
  const { faults, read } = parseText(text);
  const syntax = faults.map((fault) => faultProblem(file, fault));
  if (read === undefined) return { ok: false, problems: syntax };
  const plain = toPlain(read.document);
  if (!plain.ok) return { ok: false, problems: [...syntax, tooManyAliases(file)] };
  const written = asWritten(read);
  const problemAt = createProblemAt({ file, ...read, written });
  const parsed = schema.safeParse(plain.value);
  const part = partOf(schema, plain.value, union);
  const draft = part && { part, problemAt };
  if (parsed.success && draft && syntax.length === 0)
    return { ok: true, value: parsed.data, draft, problems: [] };
  const findings = (parsed.error?.issues ?? []).flatMap((issue) =>
    explain(issue, { schema, value: plain.value, union, prefix: [], written }),
  );
  return { ok: false, problems: [...syntax, ...findings.map(problemAt)], ...(draft && { draft }) };
}

/** The boundary where what could be read gets its type: readablePart keeps the schema's shape, with undefined in it. */
const partOf = <Value>(schema: z.ZodType<Value>, value: unknown, union: UnionGuide | undefined) =>
  readablePart(schema, value, union?.choose ?? (() => undefined)) as Partly<Value> | undefined;

type Scope = {
  readonly schema: z.ZodType;
  readonly value: unknown;
  readonly union: UnionGuide | undefined;
  readonly prefix: Path;
  readonly written: AsWritten;
};

function explain(issue: z.core.$ZodIssue, scope: Scope): readonly Finding[] {
  const { schema, value, union, prefix } = scope;
  const written = (path: Path) => scope.written.value([...prefix, ...path]);
  const choose = union?.choose ?? (() => undefined);
  if (issue.code === 'invalid_union' && union) return explainUnion(toPath(issue.path), union, scope);
  const findings = explainIssue(issue, { schema, value, choose, written }).map((finding) => ({
    ...finding,
    path: [...prefix, ...finding.path],
  }));
  return issue.code === 'invalid_key' ? [...findings, ...belowKey(toPath(issue.path), scope)] : findings;
}

/** What is wrong below a key which is wrong itself: zod doesn't look there. */
function belowKey(path: Path, scope: Scope): readonly Finding[] {
  const { schema, value, union, prefix } = scope;
  const choose = union?.choose ?? (() => undefined);
  const mapping = schemasTo(schema, path.slice(0, -1), { value, choose })[path.length - 1];
  const below = mapping && valueSchema(mapping);
  const inner = valueAt(value, path);
  const issues = below?.safeParse(inner).error?.issues ?? [];
  const whole = [...prefix, ...path];
  return issues.flatMap((issue) =>
    explain(issue, { ...scope, schema: below ?? schema, value: inner, prefix: whole }),
  );
}

function explainUnion(path: Path, union: UnionGuide, scope: Scope): readonly Finding[] {
  const { value, prefix } = scope;
  const inner = valueAt(value, path);
  const chosen = union.choose(inner);
  const whole = [...prefix, ...path];
  if (chosen === undefined) return [union.explain(inner, whole)];
  const issues = chosen.safeParse(inner).error?.issues ?? [];
  return issues.flatMap((issue) => explain(issue, { ...scope, schema: chosen, value: inner, prefix: whole }));
}

function toPlain(
  document: Document,
): { readonly ok: true; readonly value: unknown } | { readonly ok: false } {
  try {
    return { ok: true, value: document.toJS({ maxAliasCount: MOST_ALIASES }) };
  } catch (error) {
    if (error instanceof ReferenceError) return { ok: false };
    throw error;
  }
}

const wholeFile = { level: 'error', line: 1, column: 1 } as const;

const tooLong = (file: string): Problem => ({
  ...wholeFile,
  file,
  what: 'size',
  expected: `at most ${LONGEST / 1024} KiB`,
  example: 'two shorter playbooks',
});

const tooManyAliases = (file: string): Problem => ({
  ...wholeFile,
  file,
  what: 'aliases',
  expected: `aliases that exist and are used at most ${MOST_ALIASES} times`,
  example: 'write the value out where it is used',
});
