import { parameterNames } from '../playbook/parameter-names.ts';
import { placedSteps } from '../playbook/placed-steps.ts';
import type { Playbook } from '../playbook/playbook.ts';
import { describeUnknown, isKnown, nearest } from '../problem/nearest.ts';
import { namedEntries, type Partly } from '../problem/partly.ts';
import { describeFound, type Finding, formatPath } from '../problem/problem.ts';
import { isOwn, OWN_VARIABLES } from '../steps/reserved-variables.ts';
import { fillUrl, findPlaceholders, isVariableName } from '../steps/url-placeholders.ts';
import type { Environment, Team } from './team.ts';

/** A finding, and in which of the two files its path leads. */
type UsageFinding = Finding & { readonly in: 'team' | 'playbook' };

/** A playbook and a team, by the name under which the team uses it; what has a wrong shape is skipped. */
type Use = { readonly team: Partly<Team>; readonly playbook: Partly<Playbook> & { readonly name: string } };

/** A rule about a playbook and the team that uses it, together. */
export type UsageRule = {
  readonly name: string;
  readonly check: (use: Use) => readonly UsageFinding[];
};

/** What a playbook and walkback.yml must meet together. */
export const usageRules: readonly UsageRule[] = [
  {
    name: 'manual-roles-exist',
    check: ({ team, playbook }) =>
      placedSteps(playbook).flatMap(({ step, path }) => {
        const role = 'manual' in step ? step.manual?.role : undefined;
        const known = Object.keys(team.roles ?? {});
        if (role === undefined || team.roles === undefined || isKnown(role, known)) return [];
        return [
          {
            in: 'playbook',
            path: [...path, 'manual', 'role'],
            expected: `one of the roles of walkback.yml: ${known.join(', ')}`,
            found: describeUnknown(role, known),
            example: `role: ${nearest(role, known) ?? known[0] ?? 'responder'}`,
          },
        ];
      }),
  },
  {
    name: 'url-variables-are-set',
    check: (use) =>
      usesOf(use).flatMap(({ path, environment: { variables } }) =>
        urlVariables(use.playbook)
          .filter((name) => variables && !Object.hasOwn(variables, name))
          // A name of a wrong shape, reported as such, may be the one that is meant.
          .filter(() => Object.keys(variables ?? {}).every(isVariableName))
          .map((name) => ({
            in: 'team',
            path: [...path, 'variables', name],
            expected: `a value, which a url of the playbook ${use.playbook.name} needs`,
            found: 'nothing',
            example: `variables: { ${name}: "https://shop.example.com/healthz" }`,
          })),
      ),
  },
  {
    name: 'urls-come-out-as-urls',
    check: ({ team, playbook }) =>
      usesOf({ team, playbook }).flatMap(({ path, environment, service }) =>
        placedSteps(playbook).flatMap((placed): readonly UsageFinding[] => {
          const template = 'http' in placed.step ? placed.step.http?.url : undefined;
          if (template === undefined) return [];
          const url = sampleUrl(template, playbook, environment);
          if (url === undefined || isHttpUrl(url)) return [];
          const name = findPlaceholders(template, []).variables[0];
          const inTeam = name !== undefined && Object.hasOwn(environment.variables ?? {}, name);
          return [
            {
              in: inTeam ? 'team' : 'playbook',
              path: inTeam ? [...path, 'variables', name] : [...placed.path, 'http', 'url'],
              expected: `a whole http or https url in the step ${placed.step.id ?? formatPath(placed.path)} of ${playbook.name} (${service})`,
              found: describeFound(url),
              example: inTeam
                ? `${name}: "https://shop.example.com/healthz"`
                : 'url: https://shop.example.com/healthz',
            },
          ];
        }),
      ),
  },
  {
    name: 'directories-have-a-base',
    check: ({ team, playbook }) => {
      const step = placedSteps(playbook).find(({ step }) => 'run' in step && step.directory !== undefined);
      if (step === undefined) return [];
      return usesOf({ team, playbook })
        .filter(({ environment }) => !('directory' in environment))
        .map(({ path }) => ({
          in: 'team',
          path: [...path, 'directory'],
          expected: `a directory, which the step ${step.step.id ?? formatPath(step.path)} of the playbook ${playbook.name} starts from`,
          found: 'nothing',
          example: 'directory: /srv/shop',
        }));
    },
  },
];

const usesOf = ({ team, playbook }: Use) =>
  namedEntries(team.services)
    .filter(([, service]) => service.playbooks?.includes(playbook.name))
    .flatMap(([service, { environments }]) =>
      namedEntries(environments).map(([name, environment]) => ({
        service: `${service}, ${name}`,
        environment,
        path: ['services', service, 'environments', name] as const,
      })),
    );

const urlVariables = (playbook: Partly<Playbook>): readonly string[] => [
  ...new Set(
    placedSteps(playbook)
      .flatMap(({ step }) => ('http' in step ? findPlaceholders(step.http?.url ?? '', []).variables : []))
      .filter((name) => !isOwn(name)),
  ),
];

/** The url with real variables and made-up parameters, or undefined where another rule has spoken already. */
function sampleUrl(
  url: string,
  playbook: Partly<Playbook>,
  environment: Partly<Environment>,
): string | undefined {
  const names = parameterNames(playbook);
  if (names === undefined) return undefined;
  const { malformed, variables } = findPlaceholders(
    url,
    names.map((name) => ({ name })),
  );
  const own = Object.fromEntries(OWN_VARIABLES.map((name) => [name, 'sample']));
  const values = { ...Object.fromEntries(namedEntries(environment.variables)), ...own };
  if (malformed.length > 0 || variables.some((name) => !Object.hasOwn(values, name))) return undefined;
  const parameters = Object.fromEntries(names.map((name) => [name, 'sample']));
  return fillUrl(url, { variables: values, parameters });
}

const isHttpUrl = (url: string): boolean =>
  URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol);
