import { excerpt, type Fault, indentOf } from './fault.ts';

const TAB = /^ *\t[ \t]*(?=\S)/;

/** All lines that are indented by tabs are one fault; lines with as many tabs are taken to be equally deep. */
export function tabs(lines: readonly string[]): Fault | undefined {
  const index = lines.findIndex((line) => TAB.test(line));
  if (index < 0) return undefined;
  const depths = new Map<string, number>();
  const mended: string[] = [];
  let before = '';
  for (const line of lines) {
    const tabbed = TAB.exec(line)?.[0];
    const depth = tabbed === undefined ? undefined : (depths.get(tabbed) ?? depthBelow(before));
    if (tabbed !== undefined && depth !== undefined) depths.set(tabbed, depth);
    const now = depth === undefined ? line : ' '.repeat(depth) + line.trimStart();
    if (now.trim() !== '') before = now;
    mended.push(now);
  }
  const others = lines.filter((line) => TAB.test(line)).length - 1;
  return {
    line: index + 1,
    column: (lines[index] ?? '').indexOf('\t') + 1,
    expected: 'spaces as indentation',
    found: `a tab${others > 0 ? `, here and on ${others} more ${others === 1 ? 'line' : 'lines'}` : ''}`,
    example: `${' '.repeat(indentOf(mended[index] ?? ''))}${excerpt(mended[index] ?? '')}`,
    mended,
  };
}

/** How deep a line stands below the one before it: beside what is in it, or inside of what it opens. */
function depthBelow(before: string): number {
  const content = /^ *(?:- +)*/.exec(before)?.[0].length ?? 0;
  return /:\s*(#.*)?$/.test(before) ? content + 2 : content;
}
