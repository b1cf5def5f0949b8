import { formatDuration } from '../duration.ts';
import { describeFound } from '../problem/problem.ts';
import { repeated } from '../problem/repeated.ts';
import { gitRules } from '../steps/git-rules.ts';
import { httpRules } from '../steps/http-rules.ts';
import { staysInside } from '../steps/stays-inside.ts';
import { parameterRules } from './parameter-rules.ts';
import { placedSteps } from './placed-steps.ts';
import type { PlaybookRule } from './rule.ts';

const DAY_MS = 24 * 60 * 60_000;

/** What phases and steps of any kind must meet. */
const generalRules: readonly PlaybookRule[] = [
  {
    name: 'step-ids-are-unique',
    check: (playbook) =>
      repeated(placedSteps(playbook).map(({ step }) => step.id)).map(({ value, index }) => ({
        path: [...(placedSteps(playbook)[index]?.path ?? []), 'id'],
        expected: 'an id that no other step of the playbook has',
        found: `${describeFound(value)} a second time`,
        example: `id: ${value}-again`,
      })),
  },
  {
    name: 'windows-are-in-order',
    check: ({ phases }) =>
      (phases ?? []).flatMap((phase, index, all) => {
        const window = phase?.window;
        if (window === undefined) return [];
        const [from, to] = window;
        const before = all.slice(0, index).findLast((earlier) => earlier?.window)?.window?.[0] ?? 0;
        const example = `window: [${Math.max(before, Math.min(from, to))}, ${Math.max(before, from, to) + 5}]`;
        if (to <= from)
          return [
            {
              path: ['phases', index, 'window'],
              expected: 'an end later than its start',
              found: `[${from}, ${to}]`,
              example,
            },
          ];
        if (from < before)
          return [
            {
              path: ['phases', index, 'window'],
              expected: `a start at ${before} or later, as the phase before`,
              found: `[${from}, ${to}]`,
              example,
            },
          ];
        return [];
      }),
  },
  {
    name: 'directories-stay-inside',
    check: (playbook) =>
      placedSteps(playbook).flatMap(({ step, path }) =>
        !('run' in step) || step.directory === undefined || staysInside(step.directory)
          ? []
          : [
              {
                path: [...path, 'directory'],
                expected: 'a directory below the environment\'s, without ".." and not absolute',
                found: describeFound(step.directory),
                example: 'directory: services/web',
              },
            ],
      ),
  },
  {
    name: 'durations-make-sense',
    check: (playbook) => {
      const steps = placedSteps(playbook).flatMap(({ step, path }) => {
        if ('run' in step) return [{ path: [...path, 'timeout'], value: step.timeout }];
        if ('http' in step) return [{ path: [...path, 'http', 'within'], value: step.http?.within }];
        return 'wait' in step ? [{ path: [...path, 'wait'], value: step.wait }] : [];
      });
      return [{ path: ['estimate'], value: playbook.estimate }, ...steps]
        .flatMap(({ path, value = 1 }) => (value < 1 || value > DAY_MS ? [{ path, value }] : []))
        .map(({ path, value }) => ({
          path,
          expected: 'more than nothing and at most 24h',
          found: formatDuration(value),
          example: `${path.at(-1)}: 5m`,
        }));
    },
  },
];

/** What one playbook must meet by itself, whatever team uses it. */
export const playbookRules: readonly PlaybookRule[] = [
  ...generalRules,
  ...parameterRules,
  ...gitRules,
  ...httpRules,
];
