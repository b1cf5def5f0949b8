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
    report(path, {
      what: 'helper',
      expected: `one of the helpers ${Object.keys(vocabulary).join(', ')}`,
      found: name,
      example: '{{mention requestedBy}}',
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
  for (const part of path.parts) shape = fieldOf(shape, String(part));
  if (shape === undefined) {
    report(path, {
      what: 'variable',
      expected: `one of ${namesAt(scope.shapes[path.depth]).join(', ')}`,
      found: path.original,
      example: `{{${namesAt(scope.shapes[path.depth])[0]}}}`,
    });
  }
  return shape;
}

const fieldOf = (shape: Shape | undefined, name: string): Shape | undefined =>
  shape?.kind === 'object' && Object.hasOwn(shape.fields, name) ? shape.fields[name] : undefined;

const namesAt = (shape: Shape | undefined): readonly string[] =>
  shape?.kind === 'object' ? Object.keys(shape.fields) : ['this'];

const isPath = (node: hbs.AST.Node): node is hbs.AST.PathExpression => node.type === 'PathExpression';
const isSubExpression = (node: hbs.AST.Node): node is hbs.AST.SubExpression => node.type === 'SubExpression';
