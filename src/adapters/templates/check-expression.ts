import { describeNearest, nearestThree } from '../../domain/problem/nearest.ts';
import type { Problem } from '../../domain/problem/problem.ts';
import type { Shape } from './shape.ts';
import { vocabulary } from './vocabulary.ts';

type Complaint = Pick<Problem, 'what' | 'expected' | 'example'> & { readonly found?: string };
export type Report = (node: hbs.AST.Node, complaint: Complaint) => void;

/** What names mean at a place in a template: the innermost object first, those that `../` leads to after it. */
export type Scope = { readonly shapes: readonly Shape[]; readonly looping: boolean };

const LOOP_NAMES = ['index', 'first', 'last'];
const TEXT: Shape = { kind: 'value', sample: '' };

/** The shape of what an argument is, or undefined where something about it has been reported. */
export function checkExpression(node: hbs.AST.Expression, scope: Scope, report: Report): Shape | undefined {
  if (isPath(node)) return resolvePath(node, scope, report);
  return isSubExpression(node) ? checkCall(node, scope, report) : TEXT;
}

/** A variable, or a helper with its arguments. */
export function checkCall(
  call: hbs.AST.MustacheStatement | hbs.AST.SubExpression,
  scope: Scope,
  report: Report,
): Shape | undefined {
  const { path } = call;
  if (!isPath(path)) return TEXT;
  const name = path.original;
  const word = Object.hasOwn(vocabulary, name) ? vocabulary[name] : undefined;
  const plain = call.params.length === 0 && !call.hash && !isSubExpression(call);
  if (word === undefined && plain) return resolvePath(path, scope, report);
  if (word === undefined) {
    const near = nearestThree(name, Object.keys(vocabulary));
    const given = call.params.map((each) => (isPath(each) ? each.original : '"text"'));
    report(path, {
      what: 'helper',
      expected: describeNearest(name, Object.keys(vocabulary), 'helpers'),
      found: name,
      example: `{{${[near[0], ...given].join(' ')}}}`,
    });
    return undefined;
  }
  if (call.params.length !== word.arguments || call.hash) {
    report(path, {
      what: `helper ${name}`,
      expected: `${word.arguments} ${word.arguments === 1 ? 'argument' : 'arguments'}`,
      found: call.hash ? 'named arguments' : `${call.params.length}`,
      example: '{{plural commitCount "commit" "commits"}}',
    });
  }
  for (const parameter of call.params) checkExpression(parameter, scope, report);
  return TEXT;
}

function resolvePath(path: hbs.AST.PathExpression, scope: Scope, report: Report): Shape | undefined {
  if (path.data) {
    if (scope.looping && path.depth === 0 && LOOP_NAMES.some((name) => path.original === `@${name}`))
      return TEXT;
    report(path, {
      what: 'variable',
      expected: '@index, @first or @last, inside #each',
      found: path.original,
      example: '{{#each actions}}{{@index}}. {{title}}{{/each}}',
    });
    return undefined;
  }
  let shape = scope.shapes[path.depth];
  for (const [index, part] of path.parts.entries()) {
    const inside = fieldOf(shape, String(part));
    if (inside === undefined) {
      reportUnknown(path, { index, shape, scope }, report);
      return undefined;
    }
    shape = inside;
  }
  if (shape === undefined) {
    report(path, {
      what: 'variable',
      expected: `at most ${scope.shapes.length - 1} times ../ here`,
      found: path.original,
      example: path.original.replace(/^(\.\.\/)+/, ''),
    });
  }
  return shape;
}

/** The part of the path at `index` is none of the names where it stands; the same name one step out may be meant. */
function reportUnknown(
  path: hbs.AST.PathExpression,
  {
    index,
    shape,
    scope,
  }: { readonly index: number; readonly shape: Shape | undefined; readonly scope: Scope },
  report: Report,
): void {
  const before =
    '../'.repeat(path.depth) +
    path.parts
      .slice(0, index)
      .map((part) => `${part}.`)
      .join('');
  const here = namesAt(shape).map((name) => before + name);
  const outside = scope.shapes.flatMap((outer, depth) =>
    index > 0 || depth === path.depth ? [] : namesAt(outer).map((name) => '../'.repeat(depth) + name),
  );
  if (shape?.kind === 'value') {
    const whole = before.slice(0, -1) || 'this';
    const expected = `${whole}, which is a text or a number with nothing in it`;
    report(path, { what: 'variable', expected, found: path.original, example: `{{${whole}}}` });
    return;
  }
  const known = [...here, ...outside];
  report(path, {
    what: 'variable',
    expected: describeNearest(path.original, known, 'variables'),
    found: path.original,
    example: `{{${nearestThree(path.original, known)[0]}}}`,
  });
}

const fieldOf = (shape: Shape | undefined, name: string): Shape | undefined =>
  shape?.kind === 'object' && Object.hasOwn(shape.fields, name) ? shape.fields[name] : undefined;

const namesAt = (shape: Shape | undefined): readonly string[] => {
  if (shape === undefined) return [];
  return shape.kind === 'object' ? Object.keys(shape.fields) : ['this'];
};

const isPath = (node: hbs.AST.Node): node is hbs.AST.PathExpression => node.type === 'PathExpression';
const isSubExpression = (node: hbs.AST.Node): node is hbs.AST.SubExpression => node.type === 'SubExpression';
