import { placedSteps } from '../playbook/placed-steps.ts';
import type { PlaybookRule } from '../playbook/rule.ts';
import { describeFound } from '../problem/problem.ts';
import { staysInside } from './stays-inside.ts';

/** What the git step of a playbook must meet. */
export const gitRules: readonly PlaybookRule[] = [
  {
    name: 'git-paths-go-with-method-paths',
    check: (playbook) =>
      placedSteps(playbook).flatMap(({ step, path }) => {
        if (!('git' in step) || !step.git?.method) return [];
        if ((step.git.method === 'paths') === 'paths' in step.git) return [];
        const example = 'git: { method: paths, paths: [src/checkout] }';
        return step.git.method === 'paths'
          ? [{ path: [...path, 'git', 'paths'], expected: 'paths, which the method paths needs', example }]
          : [
              {
                path: [...path, 'git', 'paths'],
                at: 'key' as const,
                expected: 'paths only with the method paths',
                found: `the method ${step.git.method}`,
                example,
              },
            ];
      }),
  },
  {
    name: 'git-paths-stay-inside',
    check: (playbook) =>
      placedSteps(playbook).flatMap(({ step, path }) =>
        'git' in step
          ? (step.git?.paths ?? []).flatMap((text, index) =>
              text === undefined || (staysInside(text) && !text.startsWith('-') && !text.startsWith(':'))
                ? []
                : [
                    {
                      path: [...path, 'git', 'paths', index],
                      expected: 'a path inside the repository, without ".."',
                      found: describeFound(text),
                      example: 'paths: [src/checkout]',
                    },
                  ],
            )
          : [],
      ),
  },
  {
    name: 'one-git-step',
    check: (playbook) =>
      placedSteps(playbook)
        .filter(({ step, path }) => 'git' in step && path[0] !== 'verify')
        .slice(1)
        .map(({ path }) => ({
          path: [...path, 'git'],
          at: 'key',
          expected: 'one git step in a playbook',
          found: 'another one',
          example: 'git: { method: paths, paths: [src/a, src/b] }',
        })),
  },
  {
    name: 'verification-changes-nothing',
    check: (playbook) =>
      placedSteps(playbook)
        .filter(({ step, path }) => 'git' in step && path[0] === 'verify')
        .map(({ path }) => ({
          path: [...path, 'git'],
          at: 'key',
          expected: 'a run, http, manual or wait step in verify',
          found: 'a git step',
          example: 'http: { url: "${HEALTH_URL}", status: 200 }',
        })),
  },
];
