import type { Problem } from '../../domain/problem/problem.ts';
import { checkCall, checkExpression, type Report, type Scope } from './check-expression.ts';
import type { Shape } from './shape.ts';

const PLAIN = ['ContentStatement', 'CommentStatement'];
const OTHERS: Readonly<Record<string, string>> = {
  PartialStatement: '{{> ...}}, which would put another template in',
  PartialBlockStatement: '{{#> ...}}, which would put another template in',
  Decorator: '{{* ...}}, a decorator',
  DecoratorBlock: '{{#* ...}}, a decorator',
};
const KINDS: Readonly<Record<Shape['kind'], string>> = {
  object: 'something with names in it',
  list: 'a list',
  value: 'a text or a number',
};
const BLOCKS = ['each', 'if', 'unless', 'with'];

/** Everything in a parsed template that is not allowed or names what there isn't. */
export function checkTemplate({
  file,
  program,
  shape,
}: {
  readonly file: string;
  readonly program: hbs.AST.Program;
  readonly shape: Shape;
}): readonly Problem[] {
  const problems: Problem[] = [];
  const report: Report = ({ loc }, complaint) => {
    problems.push({ level: 'error', file, line: loc.start.line, column: loc.start.column + 1, ...complaint });
  };
  checkProgram(program, { shapes: [shape], looping: false }, report);
  return problems;
}

function checkProgram(program: hbs.AST.Program | undefined, scope: Scope, report: Report): void {
  for (const statement of program?.body ?? []) checkStatement(statement, scope, report);
}

function checkStatement(statement: hbs.AST.Statement, scope: Scope, report: Report): void {
  if (isMustache(statement)) checkMustache(statement, scope, report);
  else if (isBlock(statement)) checkBlock(statement, scope, report);
  else if (!PLAIN.includes(statement.type))
    report(statement, {
      what: 'partials and decorators',
      expected: 'text, variables, helpers and blocks only',
      found: OTHERS[statement.type] ?? statement.type,
      example: '{{#if reason}}{{quote reason}}{{/if}}',
    });
}

function checkMustache(mustache: hbs.AST.MustacheStatement, scope: Scope, report: Report): void {
  if (!mustache.escaped) {
    report(mustache, {
      what: 'raw output',
      expected: 'two braces, so that what people typed is escaped',
      found: '{{{ or {{&',
      example: '{{reason}}',
    });
  }
  const shape = checkCall(mustache, scope, report);
  if (shape === undefined || shape.kind === 'value') return;
  report(mustache, {
    what: 'output',
    expected: 'a text, a number or a helper that makes one',
    found: KINDS[shape.kind],
    example: '{{#each authors}}{{this}}{{/each}}',
  });
}

function checkBlock(block: hbs.AST.BlockStatement, scope: Scope, report: Report): void {
  const name = block.path.original;
  const [subject] = block.params;
  const inner = [block.program, block.inverse].some((part) => (part?.blockParams?.length ?? 0) > 0);
  if (!BLOCKS.includes(name) || block.params.length !== 1 || subject === undefined || block.hash || inner) {
    report(block, {
      what: 'block',
      expected: `one of #${BLOCKS.join(', #')} with one argument`,
      found: `#${name}${inner ? ' with "as |...|"' : ''}`,
      example: '{{#each migrations}}{{this}}{{/each}}',
    });
    return;
  }
  const shape = checkExpression(subject, scope, report);
  if (shape !== undefined)
    checkProgram(block.program, scopeWithin(name, { block, shape, scope }, report), report);
  checkProgram(block.inverse, scope, report);
}

function scopeWithin(
  name: string,
  { block, shape, scope }: { block: hbs.AST.BlockStatement; shape: Shape; scope: Scope },
  report: Report,
): Scope {
  if (name === 'if' || name === 'unless') return scope;
  if (name === 'each' && shape.kind === 'list')
    return { shapes: [shape.element, ...scope.shapes], looping: true };
  if (name === 'with' && shape.kind === 'object')
    return { shapes: [shape, ...scope.shapes], looping: scope.looping };
  report(block, {
    what: `#${name}`,
    expected: name === 'each' ? 'a list' : 'an object',
    found: KINDS[shape.kind],
    example: '{{#each migrations}}{{this}}{{/each}}',
  });
  return scope;
}

const isMustache = (node: hbs.AST.Node): node is hbs.AST.MustacheStatement =>
  node.type === 'MustacheStatement';
const isBlock = (node: hbs.AST.Node): node is hbs.AST.BlockStatement => node.type === 'BlockStatement';
