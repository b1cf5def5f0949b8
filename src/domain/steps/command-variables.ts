import { describeNearest, nearest } from '../problem/nearest.ts';
import type { Finding, Path } from '../problem/problem.ts';
import { isReserved, OWN_VARIABLES } from './reserved-variables.ts';

/** What every command is given beside, and what shells know of themselves. */
const EVERYWHERE = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'PWD', 'OLDPWD', 'IFS', 'UID', 'PPID'];

const USED = /(?<!\\)\$(?:(\w+)|\{(\w+))/g;
const USED_WITHOUT_DEFAULT = /(?<!\\)\$(?:(\w+)|\{(\w+)(?!\w|:?[-+?=]))/g;
/** Reads a file that may set anything. */
const SOURCES = /(^|[;&|(\s])(source|\.)\s/m;

type Command = { readonly run: string; readonly path: Path };

/** The variable that holds a parameter. */
export const variableOf = (parameter: string): string => `PARAM_${parameter.toUpperCase()}`;

/** Variables that a command takes to be Walkback's and that aren't: with `-u` it would end there, at night. */
export function unknownOwnVariables(
  { run, path }: Command,
  parameters: readonly string[],
): readonly Finding[] {
  const given = parameters.map(variableOf);
  return usedVariables(run, USED).flatMap((name) => {
    const known = name.startsWith('PARAM_') ? given : OWN_VARIABLES;
    if (!isReserved(name) || known.some((each) => each === name)) return [];
    const expected = known.length === 0 ? 'a parameter that the playbook declares' : variables(name, known);
    const meant = known.length === 0 ? undefined : (nearest(name, known) ?? known[0]);
    return [found({ run, path }, name, { expected, meant })];
  });
}

/** Variables that nobody sets, so near to one of the environment's that it is probably meant. */
export function misspeltVariables(
  { run, path }: Command,
  environment: readonly string[],
): readonly Finding[] {
  if (SOURCES.test(run)) return [];
  return usedVariables(run, USED_WITHOUT_DEFAULT).flatMap((name) => {
    if (isReserved(name) || EVERYWHERE.includes(name) || environment.includes(name)) return [];
    const meant = nearest(name, environment);
    return meant === undefined
      ? []
      : [
          {
            ...found({ run, path }, name, { expected: variables(name, environment), meant }),
            level: 'warning' as const,
          },
        ];
  });
}

const variables = (name: string, known: readonly string[]): string =>
  describeNearest(
    `$${name}`,
    known.map((each) => `$${each}`),
    'variables',
  );

/** Names in capitals that a command uses, and nowhere mentions as it does that sets them (`X=1`, `read X`, `for X in`). */
function usedVariables(run: string, pattern: RegExp): readonly string[] {
  const used = [...run.matchAll(pattern)].map(([, plain, braced]) => plain ?? braced ?? '');
  return [...new Set(used)].filter(
    (name) => /^[A-Z]/.test(name) && !new RegExp(`(?<![$\\w]|\\$\\{)${name}\\b`).test(run),
  );
}

function found(
  { run, path }: Command,
  name: string,
  { expected, meant = 'WALKBACK_TARGET' }: { readonly expected: string; readonly meant?: string | undefined },
): Finding {
  const line = run.split('\n').find((each) => each.includes(name)) ?? run;
  return {
    path: [...path, 'run'],
    expected,
    found: `$${name}`,
    example: `run: ${line.trim().replaceAll(name, meant)}`,
  };
}
