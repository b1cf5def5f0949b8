import { describeNearest, nearest } from '../problem/nearest.ts';
import { describeFound, formatPath } from '../problem/problem.ts';
import { holdsSecret } from '../secret-shapes.ts';
import type { StepUse, UsageFinding } from './definition.ts';
import { isReserved } from './reserved-variables.ts';
import { isHttpUrl, sampleUrl } from './sample-url.ts';
import { findPlaceholders, isVariableName } from './url-placeholders.ts';

/** Steps that ask a url. */
type Use = StepUse<{ id: string; title: string; http: { url: string } }>;

/** The plan, and with it everybody, shows urls; a command finds what it needs by itself. */
export const WITHOUT_SECRET = {
  expected:
    'a url without a password or token, since everybody sees it with the plan; a check that needs one is a run step, whose command finds it on the machine of the worker',
  example: 'run: curl --fail --silent --show-error --netrc https://shop.example.com/healthz',
} as const;

/** What a url needs that an environment doesn't set, at the url itself where another one is probably meant. */
export function unsetVariables({ playbook, steps, environments }: Use): readonly UsageFinding[] {
  const wanted = steps.flatMap(({ step, path }) =>
    findPlaceholders(step.http?.url ?? '', [])
      .variables.filter((name) => !isReserved(name))
      .map((name) => ({ name, url: step.http?.url ?? '', path: [...path, 'http', 'url'] })),
  );
  const findings = environments.flatMap(({ name: place, path, environment: { variables } }) => {
    const set = Object.keys(variables ?? {});
    // A name of a wrong shape, reported as such, may be the one that is meant.
    if (variables === undefined || !set.every(isVariableName)) return [];
    return wanted
      .filter(({ name }) => !set.includes(name))
      .map(({ name, url, path: written }): UsageFinding => {
        const meant = nearest(name, set);
        if (meant === undefined)
          return {
            in: 'team',
            path: [...path, 'variables', name],
            expected: `a value, which a url of the playbook ${playbook} needs`,
            found: 'nothing',
            example: `variables: { ${name}: "https://shop.example.com/healthz" }`,
          };
        return {
          in: 'playbook',
          path: written,
          expected: `a variable that ${place} has: ${describeNearest(name, set, 'variables')}`,
          found: `\${${name}}`,
          example: `url: ${url.replaceAll(`\${${name}}`, `\${${meant}}`)}`,
        };
      });
  });
  return findings.filter((finding, index) => findings.findIndex((other) => isSame(other, finding)) === index);
}

const isSame = (one: UsageFinding, other: UsageFinding): boolean =>
  one.in === other.in && one.found === other.found && formatPath(one.path) === formatPath(other.path);

/** Urls that are none once they are filled in, at the variable that they begin with or where they are written. */
export function brokenUrls({ playbook, parameters, steps, environments }: Use): readonly UsageFinding[] {
  return environments.flatMap(({ name: environmentName, path, environment: { variables = {} } }) =>
    steps.flatMap((placed): readonly UsageFinding[] => {
      const template = placed.step.http?.url;
      const url = template === undefined ? undefined : sampleUrl(template, { variables, parameters });
      if (template === undefined || url === undefined || isHttpUrl(url)) return [];
      const name = findPlaceholders(template, []).variables[0];
      const inTeam = name !== undefined && Object.hasOwn(variables, name);
      return [
        {
          in: inTeam ? 'team' : 'playbook',
          path: inTeam ? [...path, 'variables', name] : [...placed.path, 'http', 'url'],
          expected: `a whole http or https url in the step ${placed.step.id ?? formatPath(placed.path)} of ${playbook} (${environmentName})`,
          found: describeFound(url),
          example: inTeam
            ? `${name}: "https://shop.example.com/healthz"`
            : 'url: https://shop.example.com/healthz',
        },
      ];
    }),
  );
}

/** A password that comes into a url by a variable of walkback.yml, where the url itself holds none. */
export function secretVariables({ parameters, steps, environments }: Use): readonly UsageFinding[] {
  return environments.flatMap(({ path, environment: { variables = {} } }) => {
    const found = steps.flatMap(({ step }) => {
      const template = step.http?.url;
      const url = template === undefined ? undefined : sampleUrl(template, { variables, parameters });
      if (template === undefined || url === undefined || holdsSecret(template) || !holdsSecret(url))
        return [];
      const names = findPlaceholders(template, []).variables.filter((name) => Object.hasOwn(variables, name));
      return names
        .filter((name) => holdsSecret(variables[name] ?? ''))
        .concat(names)
        .slice(0, 1);
    });
    return [...new Set(found)].map((name) => ({
      in: 'team' as const,
      path: [...path, 'variables', name],
      ...WITHOUT_SECRET,
      found: describeFound(variables[name]),
    }));
  });
}
