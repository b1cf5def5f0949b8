import { z } from 'zod';
import { formatDuration } from '../duration.ts';
import { describeFound, formatPath } from '../problem/problem.ts';
import { misspeltVariables, unknownOwnVariables, variableOf } from './command-variables.ts';
import type { StepKindDefinition } from './definition.ts';
import { ownVariables } from './own-variables.ts';
import { senselessDuration } from './senseless-duration.ts';
import { Shell, STRICT, shellWords } from './shell/shell.ts';
import { swallowedFailures } from './shell/swallowed-failures.ts';
import { staysInside } from './stays-inside.ts';
import { exactStep, timing, writtenStep } from './step.ts';

const TIMEOUT_MS = 10 * 60_000;

const written = z.strictObject({
  ...writtenStep,
  ...timing,
  run: z.string().min(1).meta({ example: 'run: ./deploy.sh "$WALKBACK_TARGET"' }),
  shell: Shell.optional(),
  /** Relative to the environment's directory; without either, a scratch directory of the run. */
  directory: z.string().min(1).optional().meta({ example: 'directory: services/web' }),
});

const exact = z.strictObject({
  ...exactStep,
  kind: z.literal('run'),
  command: z.string(),
  /** As written, or STRICT. Plans of earlier versions have none: a plain sh, which goes on after a failure. */
  shell: z.string().min(1).optional(),
  /** Absolute, or null for a scratch directory of the run. */
  directory: z.string().nullable(),
  environment: z.record(z.string(), z.string()),
  timeoutMs: z.number().int().positive(),
  retries: z.number().int().nonnegative(),
});

/** A command, by a shell that ends at the first failure unless the step says otherwise. It alone can do harm when it runs twice, so it says of itself whether it may. */
export const run = {
  kind: 'run',
  done: { by: 'worker' },
  repeatable: 'if-it-says-so',
  written,
  exact,
  render: ({ step, common, ...context }) => ({
    ...common,
    command: step.run,
    shell: step.shell ?? STRICT,
    directory: directoryOf(context.environment.directory, step.directory),
    environment: {
      ...context.environment.variables,
      ...parameterVariables(context.parameters),
      ...ownVariables(context),
    },
    timeoutMs: step.timeout ?? TIMEOUT_MS,
    retries: step.retries,
  }),
  rules: [
    {
      name: 'directories-stay-inside',
      check: ({ step, path }) =>
        step.directory === undefined || staysInside(step.directory)
          ? []
          : [
              {
                path: [...path, 'directory'],
                expected: 'a directory below the environment\'s, without ".." and not absolute',
                found: describeFound(step.directory),
                example: 'directory: services/web',
              },
            ],
    },
    {
      name: 'durations-make-sense',
      check: ({ step, path }) => senselessDuration([...path, 'timeout'], step.timeout),
    },
    {
      name: 'failures-are-seen',
      check: ({ step, path }) =>
        swallowedFailures(step.run ?? '', step.shell).map((swallowed) => ({
          path: [...path, 'run'],
          level: 'warning',
          ...swallowed,
        })),
    },
    {
      name: 'commands-use-known-parameters',
      check: ({ step, path, parameters }) =>
        parameters === undefined || step.run === undefined
          ? []
          : unknownOwnVariables({ run: step.run, path }, parameters),
    },
  ],
  usageRules: [
    {
      name: 'commands-use-known-variables',
      check: ({ steps, environments }) => {
        const known = environments.flatMap(({ environment }) => Object.keys(environment.variables ?? {}));
        return steps.flatMap(({ step, path }) =>
          misspeltVariables({ run: step.run ?? '', path }, [...new Set(known)]).map((finding) => ({
            in: 'playbook',
            ...finding,
          })),
        );
      },
    },
    {
      name: 'directories-have-a-base',
      check: ({ playbook, steps, environments }) => {
        const placed = steps.find(({ step }) => step.directory !== undefined);
        if (placed === undefined) return [];
        return environments
          .filter(({ environment }) => !('directory' in environment))
          .map(({ path }) => ({
            in: 'team',
            path: [...path, 'directory'],
            expected: `a directory, which the step ${placed.step.id ?? formatPath(placed.path)} of the playbook ${playbook} starts from`,
            found: 'nothing',
            example: 'directory: /srv/shop',
          }));
      },
    },
  ],
  words: (step, hide) => ({
    facts: `${shellWords(step.shell)}, at most ${formatDuration(step.timeoutMs)}${step.retries > 0 ? `, ${step.retries} retries` : ''}`,
    exact: step.command,
    around: [
      ...(step.shell?.includes(' ') ? [`shell: ${step.shell}`] : []),
      `in ${step.directory ?? 'a scratch directory'}`,
      ...Object.entries(step.environment).map(([name, value]) => hide(`${name}=${onOneLine(value)}`)),
    ],
  }),
} satisfies StepKindDefinition<'run', z.infer<typeof written>, z.infer<typeof exact>>;

function directoryOf(base: string | undefined, below: string | undefined): string | null {
  if (base === undefined) return null;
  const start = base.replace(/(?<=.)\/+$/, '');
  const parts = (below ?? '').split('/').filter((part) => part !== '' && part !== '.');
  return parts.length === 0 ? start : `${start === '/' ? '' : start}/${parts.join('/')}`;
}

const parameterVariables = (parameters: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(parameters).map(([name, value]) => [variableOf(name), value]));

/** A value can't pass for a command by beginning a line. */
const onOneLine = (value: string): string => value.replaceAll('\r', '\\r').replaceAll('\n', '\\n');
