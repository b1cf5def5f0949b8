import type { Playbook } from '../../domain/playbook/playbook.ts';
import type { Problem } from '../../domain/problem/problem.ts';
import type { Team } from '../../domain/team/team.ts';
import { usageRules } from '../../domain/team/usage-rules.ts';
import type { Draft } from '../yaml/read-yaml.ts';

/**
 * Holds what can be read of a playbook and of the team that uses it against the rules for both together. `name` is
 * that of the playbook's file, by which the team speaks of it. Nothing is wrong where one of the two is not there.
 */
export function checkUsage({
  team,
  playbook,
  name,
}: {
  readonly team: Draft<Team> | undefined;
  readonly playbook: Draft<Playbook> | undefined;
  readonly name: string;
}): readonly Problem[] {
  if (team === undefined || playbook === undefined) return [];
  const use = { team: team.part, playbook: { ...playbook.part, name } };
  return usageRules
    .flatMap((rule) => rule.check(use))
    .map((finding) => (finding.in === 'team' ? team : playbook).problemAt(finding));
}
