import { ConfigurationBroken } from '../../domain/problem/configuration-broken.ts';
import type { Problem } from '../../domain/problem/problem.ts';
import type { Team } from '../../domain/team/team.ts';
import type { Catalog } from '../../engine/ports/catalog.ts';
import { checkUsage } from './check-usage.ts';
import { type FileText, playbookFile, readText, TEAM_FILE } from './configuration-files.ts';
import { readPlaybook } from './read-playbook.ts';
import { type ReadTeam, readTeam } from './read-team.ts';

/**
 * walkback.yml and playbooks/ below root, as they are at each call: files are read anew, and parsed anew
 * when their bytes have changed. A broken file throws ConfigurationBroken with everything wrong in it.
 */
export function createCatalog({ root }: { readonly root: string }): Catalog {
  const parseTeam = rememberLast(readTeam);
  const parsers = new Map<string, typeof readPlaybook>();
  const drafts = new WeakMap<Team, ReadTeam['draft']>();
  const loadTeam = async (): Promise<Team> => {
    const read = parseTeam(await readText(root, TEAM_FILE));
    refuseErrors(read.problems);
    if (!read.team) throw new ConfigurationBroken(read.problems);
    drafts.set(read.team, read.draft);
    return read.team;
  };
  return {
    team: loadTeam,
    playbook: async (name, heldAgainst) => {
      const file = playbookFile(name);
      const found = file && (await readText(root, file));
      if (!found) return undefined;
      const parse = parsers.get(name) ?? rememberLast(readPlaybook);
      parsers.set(name, parse);
      const read = parse(found);
      if (!read.loaded) throw new ConfigurationBroken(read.problems);
      const team = (heldAgainst && drafts.get(heldAgainst)) ?? drafts.get(await loadTeam());
      refuseErrors([...read.problems, ...checkUsage({ team, playbook: read.draft, name })]);
      return read.loaded;
    },
  };
}

function refuseErrors(problems: readonly Problem[]): void {
  if (problems.some((problem) => problem.level === 'error')) throw new ConfigurationBroken(problems);
}

function rememberLast<Input extends FileText | undefined, Output>(parse: (input: Input) => Output) {
  let last: { readonly digest: string | undefined; readonly output: Output } | undefined;
  return (input: Input): Output => {
    if (last === undefined || last.digest !== input?.digest)
      last = { digest: input?.digest, output: parse(input) };
    return last.output;
  };
}
