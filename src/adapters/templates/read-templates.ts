import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import type { Problem } from '../../domain/problem/problem.ts';
import type { Draw } from '../../words/text.ts';
import { checkTemplate } from './check-template.ts';
import { type CompiledTemplate, type CompileTemplate, createTemplateCompiler } from './compile-template.ts';
import { parseTemplate } from './parse-template.ts';
import { sampleOf, shapeOf } from './shape.ts';

/** Template name to the schema of what it is given. */
export type Shapes = Readonly<Record<string, z.ZodObject>>;

export type ReadTemplates = {
  readonly problems: readonly Problem[];
  /** How many template files there are. */
  readonly count: number;
  /** Those that are sound, by name. */
  readonly templates: ReadonlyMap<string, CompiledTemplate>;
};

const ENDING = '.hbs';

/**
 * Reads, checks and compiles every template in a directory, for a channel that draws texts in its own way; missing and
 * surplus files are problems too.
 */
export async function readTemplates({
  directory,
  shapes,
  draw,
}: {
  readonly directory: string;
  readonly shapes: Shapes;
  readonly draw: Draw;
}): Promise<ReadTemplates> {
  const compile = createTemplateCompiler(draw);
  const files = (await list(directory)).filter((file) => file.endsWith(ENDING)).sort();
  const names = Object.keys(shapes);
  const present = files.filter((file) => names.includes(file.slice(0, -ENDING.length)));
  const surplus = files.filter((file) => !present.includes(file));
  const missing = names.filter((name) => !files.includes(`${name}${ENDING}`));
  const templates = new Map<string, CompiledTemplate>();
  const problems: Problem[] = [
    ...missing.map((name) => wholeFile(`${name}${ENDING}`, 'a template of this name', 'no such file')),
    ...surplus.map((file) => wholeFile(file, `one of ${names.join(', ')}`, 'a template that nothing uses')),
  ];
  for (const file of present) {
    const name = file.slice(0, -ENDING.length);
    const schema = shapes[name];
    const text = await readFile(join(directory, file), 'utf8');
    const read = schema && readOne({ file: `templates/${file}`, text, schema, compile });
    if (Array.isArray(read)) problems.push(...read);
    else if (read) templates.set(name, read);
  }
  return { problems, count: files.length, templates };
}

function readOne({
  file,
  text,
  schema,
  compile,
}: {
  readonly file: string;
  readonly text: string;
  readonly schema: z.ZodObject;
  readonly compile: CompileTemplate;
}): CompiledTemplate | Problem[] {
  const parsed = parseTemplate(file, text);
  if (!parsed.ok) return [parsed.problem];
  const shape = shapeOf(schema);
  const problems = checkTemplate({ file, program: parsed.program, shape });
  if (problems.length > 0) return [...problems];
  const compiled = compile(parsed.program);
  // Handlebars compiles at the first rendering: that shall be now.
  compiled(sampleOf(shape));
  return compiled;
}

async function list(directory: string): Promise<readonly string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw new Error(`can't read the templates in ${directory}`, { cause: error });
  }
}

const wholeFile = (file: string, expected: string, found: string): Problem => ({
  level: 'error',
  file: `templates/${file}`,
  line: 1,
  column: 1,
  what: '(file)',
  expected,
  found,
  example: `templates/rollback-completed${ENDING}`,
});
