import { z } from 'zod';
import { Duration, formatDuration } from '../duration.ts';
import { CommitHash } from '../git/git-facts.ts';
import { nearestThree } from '../problem/nearest.ts';
import { describeFound } from '../problem/problem.ts';
import { holdsSecret } from '../secret-shapes.ts';
import type { StepKindDefinition } from './definition.ts';
import { ownVariables } from './own-variables.ts';
import { isOwn, isReserved, OWN_VARIABLES } from './reserved-variables.ts';
import { senselessDuration } from './senseless-duration.ts';
import { exactStep, writtenStep } from './step.ts';
import { versionWords } from './told-version.ts';
import { fillUrl, findPlaceholders } from './url-placeholders.ts';
import { brokenUrls, secretVariables, unsetVariables, WITHOUT_SECRET } from './url-usage.ts';

const written = z.strictObject({
  ...writtenStep,
  http: z
    .strictObject({
      url: z.string().min(1).meta({ example: 'url: ${HEALTH_URL}' }),
      status: z.number().int().min(100).max(599).default(200).meta({ example: 'status: 200' }),
      body: z.string().min(1).optional().meta({ example: 'body: \'"status":"ok"\'' }),
      /** A good answer names what the target is called: the version that answers is the one that should. */
      version: z.enum(['target']).optional().meta({ example: 'version: target' }),
      within: Duration.prefault('5s').meta({ example: 'within: 5s' }),
      attempts: z.number().int().min(1).max(1000).default(1).meta({ example: 'attempts: 30' }),
      every: Duration.prefault('1s').meta({ example: 'every: 2s' }),
      /** How many good answers in a row make a success. */
      consecutive: z.number().int().min(1).max(1000).default(1).meta({ example: 'consecutive: 5' }),
    })
    .meta({ example: 'http: { url: "${HEALTH_URL}", status: 200 }' }),
});
type Written = z.infer<typeof written>;

const exact = z.strictObject({
  ...exactStep,
  kind: z.literal('http'),
  url: z.string(),
  status: z.number().int(),
  body: z.string().nullable(),
  /** What a good answer names one of: the target's release or commit; when it runs, the pushed commit as well. */
  version: z.strictObject({ release: z.string().nullable(), commit: CommitHash }).optional(),
  withinMs: z.number().int().positive(),
  attempts: z.number().int().positive(),
  everyMs: z.number().int().nonnegative(),
  consecutive: z.number().int().positive(),
});

/** Asks a url until it answers well often enough in a row. */
export const http = {
  kind: 'http',
  done: { by: 'worker' },
  repeatable: 'by-nature',
  written,
  exact,
  render: ({ step, common, ...context }) => ({
    ...common,
    url: fillUrl(step.http.url, {
      variables: { ...context.environment.variables, ...ownVariables(context) },
      parameters: context.parameters,
    }),
    status: step.http.status,
    body: step.http.body ?? null,
    ...(step.http.version === undefined
      ? {}
      : { version: { release: context.target.release, commit: context.target.hash } }),
    withinMs: step.http.within,
    attempts: step.http.attempts,
    everyMs: step.http.every,
    consecutive: step.http.consecutive,
  }),
  rules: [
    {
      name: 'durations-make-sense',
      check: ({ step, path }) => senselessDuration([...path, 'http', 'within'], step.http?.within),
    },
    {
      name: 'url-placeholders-are-known',
      check: ({ step, path, parameters }) => {
        const { malformed, variables } = findPlaceholders(step.http?.url ?? '', parameters ?? []);
        const foreign = variables.filter((name) => isReserved(name) && !isOwn(name));
        const known = [...(parameters ?? []), ...OWN_VARIABLES].map((name) => `\${${name}}`);
        return [...(parameters ? malformed : []), ...foreign].map((name) => {
          const found = name.startsWith('${') ? name : `\${${name}}`;
          const near = nearestThree(found, known);
          return {
            path: [...path, 'http', 'url'],
            expected: `${near.join(', ')} or an environment variable in capitals`,
            found,
            example: `url: ${step.http?.url?.replaceAll(found, near[0] ?? '')}`,
          };
        });
      },
    },
    {
      name: 'urls-are-http',
      check: ({ step, path }) =>
        step.http?.url === undefined || /^(https?:\/\/|\$\{)/.test(step.http.url)
          ? []
          : [
              {
                path: [...path, 'http', 'url'],
                expected: 'a url that starts with https://, http:// or a variable',
                found: describeFound(step.http.url),
                example: 'url: https://shop.example.com/healthz',
              },
            ],
    },
    {
      name: 'urls-hold-no-secret',
      check: ({ step, path }) =>
        step.http?.url === undefined || !holdsSecret(step.http.url)
          ? []
          : [{ path: [...path, 'http', 'url'], ...WITHOUT_SECRET, found: describeFound(step.http.url) }],
    },
    {
      name: 'enough-attempts-for-answers-in-a-row',
      check: ({ step, path }) => {
        const { consecutive = 0, attempts = consecutive } = step.http ?? {};
        if (consecutive <= attempts) return [];
        return [
          {
            path: [...path, 'http', 'consecutive'],
            expected: `at most as many as attempts, which is ${attempts}`,
            found: `${consecutive}`,
            example: `attempts: ${consecutive * 3}`,
          },
        ];
      },
    },
  ],
  usageRules: [
    {
      name: 'url-variables-are-set',
      check: unsetVariables,
    },
    { name: 'urls-come-out-as-urls', check: brokenUrls },
    { name: 'variables-bring-no-secret-into-urls', check: secretVariables },
  ],
  words: (step, hide) => ({
    facts: [
      `expects ${step.status} within ${formatDuration(step.withinMs)}`,
      `${step.consecutive} in a row, at most ${step.attempts} attempts every ${formatDuration(step.everyMs)}`,
    ].join(', '),
    exact: [
      `GET ${hide(step.url)}`,
      ...(step.body === null ? [] : [`body contains ${step.body}`]),
      ...(step.version === undefined ? [] : [`body names ${calledBy(step.version)}, or the commit pushed`]),
    ].join('\n'),
  }),
} satisfies StepKindDefinition<'http', Written, z.infer<typeof exact>>;

const calledBy = ({ release, commit }: { readonly release: string | null; readonly commit: string }) =>
  versionWords({ release, commits: [commit] });
