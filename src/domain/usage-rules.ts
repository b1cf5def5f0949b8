import type { Playbook } from './playbook.ts';
import { placedSteps } from './playbook-steps.ts';
import { describeFound, type Finding } from './problem.ts';
import { isOwn, OWN_VARIABLES } from './reserved-variables.ts';
import type { Environment, Team } from './team.ts';
import { fillUrl, findPlaceholders } from './url-placeholders.ts';

/** A finding, and in which of the two files its path leads. */
type UsageFinding = Finding & { readonly in: 'team' | 'playbook' };

/** A rule about a playbook and the team that uses it, together. */
export type UsageRule = {
  readonly name: string;
  readonly check: (use: { readonly team: Team; readonly playbook: Playbook }) => readonly UsageFinding[];
};

/** What a playbook and walkback.yml must meet together. */
export const usageRules: readonly UsageRule[] = [
  {
    name: 'manual-roles-exist',
    check: ({ team, playbook }) =>
      placedSteps(playbook).flatMap(({ step, path }) => {
        const known = Object.keys(team.roles);
        if (!('manual' in step) || known.includes(step.manual.role)) return [];
        return [
          {
            in: 'playbook',
            path: [...path, 'manual', 'role'],
            expected: `one of the roles of walkback.yml: ${known.join(', ')}`,
            found: describeFound(step.manual.role),
            example: `role: ${known[0] ?? 'responder'}`,
          },
        ];
      }),
  },
  {
    name: 'url-variables-are-set',
    check: ({ team, playbook }) =>
      usesOf(team, playbook).flatMap(({ path, environment }) =>
        urlVariables(playbook)
          .filter((name) => !Object.hasOwn(environment.variables, name))
          .map((name) => ({
            in: 'team',
            path: [...path, 'variables', name],
            expected: `a value, which a url of the playbook ${playbook.name} needs`,
            found: 'nothing',
            example: `variables: { ${name}: "https://shop.example.com/healthz" }`,
          })),
      ),
  },
  {
    name: 'urls-come-out-as-urls',
    check: ({ team, playbook }) =>
      usesOf(team, playbook).flatMap(({ path, environment, service }) =>
        placedSteps(playbook).flatMap((placed): readonly UsageFinding[] => {
          if (!('http' in placed.step)) return [];
          const url = sampleUrl(placed.step.http.url, playbook, environment);
          if (url === undefined || isHttpUrl(url)) return [];
          const name = findPlaceholders(placed.step.http.url, playbook.parameters).variables[0];
          const inTeam = name !== undefined && Object.hasOwn(environment.variables, name);
          return [
            {
              in: inTeam ? 'team' : 'playbook',
              path: inTeam ? [...path, 'variables', name] : [...placed.path, 'http', 'url'],
              expected: `a whole http or https url in the step ${placed.step.id} of ${playbook.name} (${service})`,
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
      return usesOf(team, playbook)
        .filter(({ environment }) => environment.directory === undefined)
        .map(({ path }) => ({
          in: 'team',
          path: [...path, 'directory'],
          expected: `a directory, which the step ${step.step.id} of the playbook ${playbook.name} starts from`,
          found: 'nothing',
          example: 'directory: /srv/shop',
        }));
    },
  },
];

const usesOf = (team: Team, playbook: Playbook) =>
  Object.entries(team.services)
    .filter(([, service]) => service.playbooks.includes(playbook.name))
    .flatMap(([service, { environments }]) =>
      Object.entries(environments).map(([name, environment]) => ({
        service: `${service}, ${name}`,
        environment,
        path: ['services', service, 'environments', name] as const,
      })),
    );

const urlVariables = (playbook: Playbook): readonly string[] => [
  ...new Set(
    placedSteps(playbook)
      .flatMap(({ step }) =>
        'http' in step ? findPlaceholders(step.http.url, playbook.parameters).variables : [],
      )
      .filter((name) => !isOwn(name)),
  ),
];

/** The url with real variables and made-up parameters, or undefined where another rule has spoken already. */
function sampleUrl(url: string, playbook: Playbook, environment: Environment): string | undefined {
  const { malformed, variables } = findPlaceholders(url, playbook.parameters);
  const own = Object.fromEntries(OWN_VARIABLES.map((name) => [name, 'sample']));
  const values = { ...environment.variables, ...own };
  if (malformed.length > 0 || variables.some((name) => !Object.hasOwn(values, name))) return undefined;
  const parameters = Object.fromEntries(playbook.parameters.map(({ name }) => [name, 'sample']));
  return fillUrl(url, { variables: values, parameters });
}

const isHttpUrl = (url: string): boolean =>
  URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol);
