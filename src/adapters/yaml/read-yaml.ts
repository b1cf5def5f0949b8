import { type Document, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { type Finding, formatPath, type Path, type Problem } from '../../domain/problem.ts';
import { explainIssue, toPath } from './explain-issue.ts';
import { locate } from './locate.ts';
import { type Choose, valueAt } from './schema-at.ts';
import { syntaxProblems } from './syntax-problems.ts';

/** How a union in the schema is to be read: the alternative that a value means, or what is wrong with it. */
export type UnionGuide = {
  readonly choose: Choose;
  readonly explain: (value: unknown, path: Path) => Finding;
};

/** A parsed file; `problemAt` gives a finding of a later rule its line and column. */
export type ReadYaml<Value> =
  | { readonly ok: true; readonly value: Value; readonly problemAt: (finding: Finding) => Problem }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Longest file, in characters, and most uses of aliases: a configuration needs neither. */
const LONGEST = 256 * 1024;
const MOST_ALIASES = 50;

/** Parses YAML and checks it against a schema. Everything that is wrong is reported, at its line and column. */
export function readYaml<Schema extends z.ZodType>({
  file,
  text,
  schema,
  union,
}: {
  readonly file: string;
  readonly text: string;
  readonly schema: Schema;
  readonly union?: UnionGuide;
}): ReadYaml<z.infer<Schema>> {
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
  if (parsed.success) return { ok: true, value: parsed.data, problemAt };
  const findings = parsed.error.issues.flatMap((issue) =>
    explain(issue, { schema, value: plain.value, union, prefix: [] }),
  );
  return { ok: false, problems: findings.map(problemAt) };
}

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
  return explainIssue(issue, { schema, value, choose }).map((finding) => ({
    ...finding,
    path: [...prefix, ...finding.path],
  }));
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
