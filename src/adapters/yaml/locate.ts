import { type Document, isAlias, isMap, isPair, isScalar, isSeq, type LineCounter, type Node } from 'yaml';
import type { Path } from '../../domain/problem/problem.ts';

export type Position = { readonly line: number; readonly column: number };

/** A value, and its key where it is one of a mapping. */
export type Spot = { readonly key: Node | undefined; readonly value: Node | undefined };

/**
 * Where a path is in the text: its value, or its key if asked for or if the value is empty. A path that
 * leads to nothing is located at the last part that exists.
 */
export function locate(
  { document, lines }: { readonly document: Document; readonly lines: LineCounter },
  path: Path,
  at: 'key' | 'value' = 'value',
): Position {
  let spot: Spot = { key: undefined, value: document.contents ?? undefined };
  for (const part of path) {
    const next = step(resolve(document, spot.value), part);
    if (next === undefined) return positionOf(lines, spot.key ?? spot.value);
    spot = next;
  }
  const preferKey = at === 'key' || isEmpty(spot.value);
  return positionOf(lines, preferKey ? (spot.key ?? spot.value) : spot.value);
}

/** What stands at a path; undefined where it leads to nothing. */
export function spotAt(document: Document, path: Path): Spot | undefined {
  return path.reduce<Spot | undefined>((spot, part) => spot && step(resolve(document, spot.value), part), {
    key: undefined,
    value: document.contents ?? undefined,
  });
}

function step(node: Node | undefined, part: string | number): Spot | undefined {
  if (isMap(node)) {
    const pair = node.items.find(
      (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(part),
    );
    return pair && { key: asNode(pair.key), value: asNode(pair.value) };
  }
  if (!isSeq(node) || typeof part !== 'number' || part >= node.items.length) return undefined;
  return { key: undefined, value: asNode(node.items[part]) };
}

const resolve = (document: Document, node: Node | undefined): Node | undefined =>
  isAlias(node) ? node.resolve(document) : node;

const asNode = (value: unknown): Node | undefined =>
  isAlias(value) || isMap(value) || isSeq(value) || isScalar(value) ? value : undefined;

const isEmpty = (node: Node | undefined): boolean =>
  node === undefined ||
  (isScalar(node) && node.value === null && node.source !== 'null' && node.source !== '~');

function positionOf(lines: LineCounter, node: Node | undefined): Position {
  const offset = node?.range?.[0];
  if (offset === undefined) return { line: 1, column: 1 };
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}
