import { describeFound, type Finding, type Problem } from '../../domain/problem.ts';
import type { Team } from '../../domain/team.ts';
import { messageData } from '../../engine/message-data.ts';
import { readTemplates } from '../templates/read-templates.ts';
import { templatesDirectory } from '../templates/templates-directory.ts';
import { checkUsage } from './check-usage.ts';
import { listPlaybookFiles, nameByFile, playbookFile, readText, TEAM_FILE } from './configuration-files.ts';
import { type ReadPlaybook, readPlaybook } from './read-playbook.ts';
import { type ReadTeam, readTeam } from './read-team.ts';

export type CheckedConfiguration = {
  /** Errors and warnings, file by file, from the top of each. */
  readonly problems: readonly Problem[];
  readonly counts: { readonly services: number; readonly playbooks: number; readonly templates: number };
};

/**
 * Checks walkback.yml, every playbook, both together, and the templates unless told not to: a worker has no use for
 * them. Never stops at the first problem.
 */
export async function checkConfiguration({
  root,
  templates: withTemplates = true,
}: {
  readonly root: string;
  readonly templates?: boolean;
}): Promise<CheckedConfiguration> {
  const team = readTeam(await readText(root, TEAM_FILE));
  const files = await listPlaybookFiles(root);
  const playbooks = await Promise.all(files.map((file) => readOne(root, file)));
  const templates = withTemplates
    ? await readTemplates({ directory: await templatesDirectory(root), shapes: messageData })
    : { problems: [], count: 0 };
  const problems = [
    ...team.problems,
    ...(team.parsed ? missingPlaybooks(team, files) : []),
    ...playbooks.flatMap((read) => read.problems),
    ...playbooks.flatMap((read) => (read.parsed && team.parsed ? checkUsage({ team, loaded: read }) : [])),
    ...templates.problems,
  ];
  return {
    problems: problems.toSorted(byPlace),
    counts: {
      services: team.parsed ? Object.keys(team.team.services).length : 0,
      playbooks: files.length,
      templates: templates.count,
    },
  };
}

async function readOne(root: string, file: string): Promise<ReadPlaybook> {
  if (playbookFile(nameByFile(file)) !== file) return { parsed: false, problems: [badFileName(file)] };
  const found = await readText(root, file);
  // Deleted between listing and reading: no playbook, no problem.
  return found === undefined ? { parsed: false, problems: [] } : readPlaybook(found);
}

const badFileName = (file: string): Problem => ({
  level: 'error',
  file,
  line: 1,
  column: 1,
  what: 'file name',
  expected: 'a name of lower-case letters, digits and dashes that ends with .yml',
  found: describeFound(file),
  example: 'playbooks/release-rollback.yml',
});

function missingPlaybooks(read: ReadTeam & { readonly parsed: true }, files: readonly string[]): Problem[] {
  return findMissing(read.team, files).map(read.problemAt);
}

const findMissing = (team: Team, files: readonly string[]): readonly Finding[] =>
  Object.entries(team.services).flatMap(([service, { playbooks }]) =>
    playbooks.flatMap((name, index) =>
      files.includes(`playbooks/${name}.yml`)
        ? []
        : [
            {
              path: ['services', service, 'playbooks', index],
              expected:
                files.length > 0 ? `one of ${files.map(nameByFile).join(', ')}` : 'a playbook that exists',
              found: describeFound(name),
              example: `a file playbooks/${name}.yml`,
            },
          ],
    ),
  );

const byPlace = (a: Problem, b: Problem): number =>
  a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column;
