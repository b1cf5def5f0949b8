import { allRead } from '../problem/partly.ts';
import { describeFound } from '../problem/problem.ts';
import { repeated } from '../problem/repeated.ts';
import { expectationOf } from './check-parameters.ts';
import type { PlaybookRule } from './rule.ts';

/** What the parameters of a playbook must meet; their use is the matter of the steps. */
export const parameterRules: readonly PlaybookRule[] = [
  {
    name: 'parameter-names-are-unique',
    check: ({ parameters }) =>
      repeated((parameters ?? []).map((parameter) => parameter?.name)).map(({ value, index }) => ({
        path: ['parameters', index, 'name'],
        expected: 'a name that no other parameter has',
        found: `${describeFound(value)} a second time`,
        example: `name: ${value}_2`,
      })),
  },
  {
    name: 'patterns-are-regular-expressions',
    check: ({ parameters }) =>
      (parameters ?? []).flatMap((parameter, index) =>
        parameter?.pattern === undefined || isPattern(parameter.pattern)
          ? []
          : [
              {
                path: ['parameters', index, 'pattern'],
                expected: 'a regular expression',
                found: describeFound(parameter.pattern),
                example: 'pattern: "[a-z]{2}-[0-9]"',
              },
            ],
      ),
  },
  {
    name: 'defaults-are-allowed-values',
    check: ({ parameters }) =>
      (parameters ?? []).flatMap((parameter, index) => {
        if (parameter?.default === undefined) return [];
        const { pattern } = parameter;
        const choices = allRead(parameter.choices);
        // Choices that can't be read, and a pattern that is none, have been reported already.
        if (choices === undefined && 'choices' in parameter) return [];
        const expected = expectationOf(
          { choices, pattern: pattern !== undefined && isPattern(pattern) ? pattern : undefined },
          parameter.default,
        );
        if (expected === undefined) return [];
        return [
          {
            path: ['parameters', index, 'default'],
            expected,
            found: describeFound(parameter.default),
            example: choices ? `default: ${choices[0]}` : 'default: eu-1',
          },
        ];
      }),
  },
];

function isPattern(pattern: string): boolean {
  try {
    new RegExp(`^(?:${pattern})$`, 'u');
    return true;
  } catch {
    return false;
  }
}
