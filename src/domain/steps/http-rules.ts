import { parameterNames } from '../playbook/parameter-names.ts';
import { placedSteps } from '../playbook/placed-steps.ts';
import type { PlaybookRule } from '../playbook/rule.ts';
import { describeFound } from '../problem/problem.ts';
import { isOwn, isReserved } from './reserved-variables.ts';
import { findPlaceholders } from './url-placeholders.ts';

/** What the http steps of a playbook must meet. */
export const httpRules: readonly PlaybookRule[] = [
  {
    name: 'url-placeholders-are-known',
    check: (playbook) =>
      placedSteps(playbook).flatMap(({ step, path }) => {
        if (!('http' in step) || step.http?.url === undefined) return [];
        const known = parameterNames(playbook);
        const { malformed, variables } = findPlaceholders(
          step.http.url,
          (known ?? []).map((name) => ({ name })),
        );
        const foreign = variables.filter((name) => isReserved(name) && !isOwn(name));
        const names = (known ?? []).map((name) => `\${${name}}`);
        return [...(known ? malformed : []), ...foreign].map((name) => ({
          path: [...path, 'http', 'url'],
          expected: `${[...names, 'an environment variable in capitals'].join(', ')}`,
          found: name.startsWith('${') ? name : `\${${name}}`,
          example: `url: ${names[0] ? `\${HEALTH_URL}?of=${names[0]}` : '${HEALTH_URL}'}`,
        }));
      }),
  },
  {
    name: 'urls-are-http',
    check: (playbook) =>
      placedSteps(playbook).flatMap(({ step, path }) =>
        !('http' in step) || step.http?.url === undefined || /^(https?:\/\/|\$\{)/.test(step.http.url)
          ? []
          : [
              {
                path: [...path, 'http', 'url'],
                expected: 'a url that starts with https://, http:// or a variable',
                found: describeFound(step.http.url),
                example: 'url: https://shop.example.com/healthz',
              },
            ],
      ),
  },
  {
    name: 'enough-attempts-for-answers-in-a-row',
    check: (playbook) =>
      placedSteps(playbook).flatMap(({ step, path }) => {
        const { consecutive = 0, attempts = consecutive } = ('http' in step && step.http) || {};
        if (consecutive <= attempts) return [];
        return [
          {
            path: [...path, 'http', 'consecutive'],
            expected: `at most as many as attempts, which is ${attempts}`,
            found: `${consecutive}`,
            example: `attempts: ${consecutive * 3}`,
          },
        ];
      }),
  },
];
