import { parameterNames } from '../playbook/parameter-names.ts';
import { placedStepsOf } from '../playbook/placed-steps.ts';
import type { Playbook } from '../playbook/playbook.ts';
import { describeUnknown, isKnown, nearest } from '../problem/nearest.ts';
import { namedEntries, type Partly } from '../problem/partly.ts';
import type { UsageFinding, UsedEnvironment } from '../steps/definition.ts';
import { STEP_KINDS, type StepKind, stepKinds } from '../steps/kinds.ts';
import type { Team } from './team.ts';

/** A playbook and a team, by the name under which the team uses it; what has a wrong shape is skipped. */
type Use = { readonly team: Partly<Team>; readonly playbook: Partly<Playbook> & { readonly name: string } };

/** A rule about a playbook and the team that uses it, together. */
type UsageRule = {
  readonly name: string;
  readonly check: (use: Use) => readonly UsageFinding[];
};

/** What a playbook and walkback.yml must meet together: all of it is about steps. */
export const usageRules: readonly UsageRule[] = STEP_KINDS.flatMap((kind) => [
  ...rolesOf(kind),
  ...rulesOf(kind),
]);

/** Where a person does it, the role must be there. */
function rolesOf<Kind extends StepKind>(kind: Kind): readonly UsageRule[] {
  const { done } = stepKinds[kind];
  if (done.by !== 'person') return [];
  return [
    {
      name: `${kind}-roles-exist`,
      check: ({ team, playbook }) =>
        placedStepsOf(kind, playbook).flatMap(({ step, path }) => {
          const written = done.writtenRole(step);
          const known = Object.keys(team.roles ?? {});
          if (written.role === undefined || team.roles === undefined || isKnown(written.role, known))
            return [];
          return [
            {
              in: 'playbook',
              path: [...path, ...written.path],
              expected: `one of the roles of walkback.yml: ${known.join(', ')}`,
              found: describeUnknown(written.role, known),
              example: `${written.path.at(-1)}: ${nearest(written.role, known) ?? known[0] ?? 'responder'}`,
            },
          ];
        }),
    },
  ];
}

/** What a kind itself asks of playbook and environments. */
function rulesOf<Kind extends StepKind>(kind: Kind): readonly UsageRule[] {
  return stepKinds[kind].usageRules.map(({ name, check }) => ({
    name,
    check: ({ team, playbook }) =>
      check({
        playbook: playbook.name,
        parameters: parameterNames(playbook),
        steps: placedStepsOf(kind, playbook),
        environments: usedEnvironments(team, playbook.name),
      }),
  }));
}

const usedEnvironments = (team: Partly<Team>, playbook: string): readonly UsedEnvironment[] =>
  namedEntries(team.services)
    .filter(([, service]) => service.playbooks?.includes(playbook))
    .flatMap(([service, { environments }]) =>
      namedEntries(environments).map(([name, environment]) => ({
        name: `${service}, ${name}`,
        path: ['services', service, 'environments', name],
        environment,
      })),
    );
