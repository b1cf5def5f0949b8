import type { Finding, Path } from '../problem/problem.ts';

const DAY_MS = 24 * 60 * 60_000;

/** What is wrong with a duration (milliseconds) that nobody can mean; nothing of one that was left out or not read. */
export const senselessDuration = (path: Path, value = 1): readonly Finding[] =>
  value >= 1 && value <= DAY_MS
    ? []
    : [
        {
          path,
          expected: 'more than nothing and at most 24h',
          example: `${path.at(-1)}: 5m`,
        },
      ];
