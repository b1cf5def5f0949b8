import type { GitMethod } from './git-facts.ts';

/**
 * The paths (files, folders or globs) that these git steps take back, where they take back only some; else none. Without
 * a git step the target itself is deployed, which is everything.
 */
export function onlyPaths(
  steps: readonly {
    readonly method?: GitMethod | undefined;
    readonly paths?: readonly (string | undefined)[] | undefined;
  }[],
): readonly string[] {
  if (steps.some(({ method }) => method !== 'paths')) return [];
  return [...new Set(steps.flatMap(({ paths = [] }) => paths))].filter((path) => path !== undefined);
}
