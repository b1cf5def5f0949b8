import { type Document, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { Partly } from '../../domain/problem/partly.ts';
import { type Finding, formatPath, type Path, type Problem } from '../../domain/problem/problem.ts';
import { explainIssue, toPath } from './explain-issue.ts';
import { locate } from './locate.ts';
import { readablePart } from './readable-part.ts';
import { type Choose, schemasTo, valueAt, valueSchema } from './schema-at.ts';
import { syntaxProblems } from './syntax-problems.ts';

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

/** Parses YAML and checks it against a schema. Everything that is wrong is reported, at its line and column. */
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
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const syntax = syntaxProblems({ file, document, lines });
  if (syntax.length > 0) return { ok: false, problems: syntax };
  const plain = toPlain(document);
  if (!plain.ok) return { ok: false, problems: [tooManyAliases(file)] };
  const problemAt = (finding: Finding): Problem => ({
    level: finding.level ?? 'error',
    file,
    ...locate({ document, lines }, finding.path, finding.at),
    what: formatPath(finding.path),
    expected: finding.expected,
    ...(finding.found === undefined ? {} : { found: finding.found }),
    example: finding.example,
  });
  const parsed = schema.safeParse(plain.value);
  const part = partOf(schema, plain.value, union);
  const draft = part && { part, problemAt };
  if (parsed.success && draft) return { ok: true, value: parsed.data, draft, problems: [] };
  const findings = (parsed.error?.issues ?? []).flatMap((issue) =>
    explain(issue, { schema, value: plain.value, union, prefix: [] }),
  );
  return { ok: false, problems: findings.map(problemAt), ...(draft && { draft }) };
}

/** The boundary where what could be read gets its type: readablePart keeps the schema's shape, with undefined in it. */
const partOf = <Value>(schema: z.ZodType<Value>, value: unknown, union: UnionGuide | undefined) =>
  readablePart(schema, value, union?.choose ?? (() => undefined)) as Partly<Value> | undefined;

type Scope = {
  readonly schema: z.ZodType;
  readonly value: unknown;
  readonly union: UnionGuide | undefined;
  readonly prefix: Path;
};

function explain(issue: z.core.$ZodIssue, scope: Scope): readonly Finding[] {
  const { schema, value, union, prefix } = scope;
  const choose = union?.choose ?? (() => undefined);
  if (issue.code === 'invalid_union' && union) return explainUnion(toPath(issue.path), union, scope);
  const findings = explainIssue(issue, { schema, value, choose }).map((finding) => ({
    ...finding,
    path: [...prefix, ...finding.path],
  }));
  return issue.code === 'invalid_key' ? [...findings, ...belowKey(toPath(issue.path), scope)] : findings;
}

/** What is wrong below a key which is wrong itself: zod doesn't look there. */
function belowKey(path: Path, { schema, value, union, prefix }: Scope): readonly Finding[] {
  const choose = union?.choose ?? (() => undefined);
  const mapping = schemasTo(schema, path.slice(0, -1), { value, choose })[path.length - 1];
  const below = mapping && valueSchema(mapping);
  const inner = valueAt(value, path);
  const issues = below?.safeParse(inner).error?.issues ?? [];
  const whole = [...prefix, ...path];
  return issues.flatMap((issue) =>
    explain(issue, { schema: below ?? schema, value: inner, union, prefix: whole }),
  );
}

function explainUnion(path: Path, union: UnionGuide, { value, prefix }: Scope): readonly Finding[] {
  const inner = valueAt(value, path);
  const chosen = union.choose(inner);
  const whole = [...prefix, ...path];
  if (chosen === undefined) return [union.explain(inner, whole)];
  const issues = chosen.safeParse(inner).error?.issues ?? [];
  return issues.flatMap((issue) => explain(issue, { schema: chosen, value: inner, union, prefix: whole }));
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
