import type { Problem } from '../../domain/problem/problem.ts';
import { teamRules } from '../../domain/team/rules.ts';
import { Team } from '../../domain/team/team.ts';
import { type Draft, readYaml } from '../yaml/read-yaml.ts';
import { type FileText, TEAM_FILE } from './configuration-files.ts';

export type ReadTeam = {
  readonly problems: readonly Problem[];
  /** Only of a file that has the shape of a team; its problems are then those that rules found. */
  readonly team?: Team;
  readonly draft?: Draft<Team>;
};

/** walkback.yml, parsed, and what can be read of it held against every rule that concerns it alone; undefined is a missing file. */
export function readTeam(found: FileText | undefined): ReadTeam {
  if (found === undefined) return { problems: [MISSING] };
  const read = readYaml({ file: found.file, text: found.text, schema: Team });
  if (read.draft === undefined) return { problems: read.problems };
  const { draft } = read;
  const findings = teamRules.flatMap((rule) => rule.check(draft.part));
  const problems = [...read.problems, ...findings.map(draft.problemAt)];
  return read.ok ? { problems, draft, team: read.value } : { problems, draft };
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
