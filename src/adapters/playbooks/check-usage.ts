import type { LoadedPlaybook } from '../../domain/playbook.ts';
import type { Finding, Problem } from '../../domain/problem.ts';
import type { Team } from '../../domain/team.ts';
import { usageRules } from '../../domain/usage-rules.ts';

type Place = (finding: Finding) => Problem;

/** Holds a playbook and the team that uses it against the rules for both together. */
export function checkUsage({
  team,
  loaded,
}: {
  readonly team: { readonly team: Team; readonly problemAt: Place };
  readonly loaded: { readonly loaded: LoadedPlaybook; readonly problemAt: Place };
}): readonly Problem[] {
  const use = { team: team.team, playbook: loaded.loaded.playbook };
  return usageRules
    .flatMap((rule) => rule.check(use))
    .map((finding) => (finding.in === 'team' ? team : loaded).problemAt(finding));
}
