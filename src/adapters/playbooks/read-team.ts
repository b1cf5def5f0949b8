import type { Finding, Problem } from '../../domain/problem.ts';
import { Team } from '../../domain/team.ts';
import { teamRules } from '../../domain/team-rules.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import { type FileText, TEAM_FILE } from './configuration-files.ts';

export type ReadTeam =
  | {
      readonly parsed: true;
      readonly team: Team;
      readonly problems: readonly Problem[];
      readonly problemAt: (finding: Finding) => Problem;
    }
  | { readonly parsed: false; readonly problems: readonly Problem[] };

/** walkback.yml, parsed and held against every rule that concerns it alone; undefined is a missing file. */
export function readTeam(found: FileText | undefined): ReadTeam {
  if (found === undefined) return { parsed: false, problems: [MISSING] };
  const read = readYaml({ file: found.file, text: found.text, schema: Team });
  if (!read.ok) return { parsed: false, problems: read.problems };
  const team = read.value;
  const problems = teamRules.flatMap((rule) => rule.check(team)).map(read.problemAt);
  return { parsed: true, team, problems, problemAt: read.problemAt };
}

const MISSING: Problem = {
  level: 'error',
  file: TEAM_FILE,
  line: 1,
  column: 1,
  what: '(file)',
  expected: `a file ${TEAM_FILE}`,
  found: 'nothing',
  example: 'copy the walkback.yml that comes with Walkback, or set WALKBACK_ROOT to where yours is',
};
