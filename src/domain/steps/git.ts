import { z } from 'zod';
import { CommitHash, GitMethod } from '../git/git-facts.ts';
import { describeFound } from '../problem/problem.ts';
import type { StepKindDefinition } from './definition.ts';
import { staysInside } from './stays-inside.ts';
import { exactStep, writtenStep } from './step.ts';

const written = z.strictObject({
  ...writtenStep,
  git: z
    .strictObject({
      method: GitMethod.default('tree').meta({ example: 'method: tree' }),
      paths: z.array(z.string().min(1)).min(1).optional().meta({ example: 'paths: [src/checkout]' }),
    })
    .meta({ example: 'git: { method: tree }' }),
});

const exact = z.strictObject({
  ...exactStep,
  kind: z.literal('git'),
  method: GitMethod,
  paths: z.array(z.string()),
  branch: z.string(),
  repository: z.string(),
  /** What the branch must point at when the rollback is pushed. */
  expectedHead: CommitHash,
  target: CommitHash,
});

/** Takes the branch back to the target, by one of four methods. It finds its own push when it runs again. */
export const git = {
  kind: 'git',
  done: { by: 'worker' },
  repeatable: 'by-nature',
  once: 'git: { method: paths, paths: [src/a, src/b] }',
  notInVerify: 'http: { url: "${HEALTH_URL}", status: 200 }',
  written,
  exact,
  render: ({ step, common, service, deployed, target }) => ({
    ...common,
    method: step.git.method,
    paths: step.git.paths ?? [],
    branch: service.branch,
    repository: service.repository,
    expectedHead: deployed.hash,
    target: target.hash,
  }),
  rules: [
    {
      name: 'git-paths-go-with-method-paths',
      check: ({ step, path }) => {
        if (!step.git?.method || (step.git.method === 'paths') === 'paths' in step.git) return [];
        const found = { path: [...path, 'git', 'paths'], example: PATHS_EXAMPLE };
        return step.git.method === 'paths'
          ? [{ ...found, expected: 'paths, which the method paths needs' }]
          : [
              {
                ...found,
                at: 'key',
                expected: 'paths only with the method paths',
                found: `the method ${step.git.method}`,
              },
            ];
      },
    },
    {
      name: 'git-paths-stay-inside',
      check: ({ step, path }) =>
        (step.git?.paths ?? []).flatMap((text, index) =>
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
        ),
    },
  ],
  usageRules: [],
  words: (step, hide) => ({
    facts: `git, method ${step.method}`,
    exact: [
      // An address may hold a password, which those who approve need not see.
      `repository ${hide(step.repository)}`,
      `branch     ${step.branch}, only if it still points at ${step.expectedHead}`,
      `target     ${step.target}`,
      ...(step.paths.length > 0 ? [`paths      ${step.paths.join(' ')}`] : []),
    ].join('\n'),
  }),
} satisfies StepKindDefinition<'git', z.infer<typeof written>, z.infer<typeof exact>>;

const PATHS_EXAMPLE = 'git: { method: paths, paths: [src/checkout] }';
