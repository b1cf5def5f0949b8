import { describeUnknown, isKnown } from '../../domain/problem/nearest.ts';
import { namedEntries, type Partly } from '../../domain/problem/partly.ts';
import { describeFound, type Finding, type Problem } from '../../domain/problem/problem.ts';
import type { Team } from '../../domain/team/team.ts';
import { messageData } from '../../engine/reactions/message-data.ts';
import type { Draw } from '../../words/text.ts';
import { readTemplates } from '../templates/read-templates.ts';
import { templatesDirectory } from '../templates/templates-directory.ts';
import { checkUsage } from './check-usage.ts';
import { listPlaybookFiles, nameByFile, playbookFile, readText, TEAM_FILE } from './configuration-files.ts';
import { type ReadPlaybook, readPlaybook } from './read-playbook.ts';
import { readTeam } from './read-team.ts';

export type CheckedConfiguration = {
  /** Errors and warnings, file by file, from the top of each. */
  readonly problems: readonly Problem[];
  readonly counts: { readonly services: number; readonly playbooks: number; readonly templates: number };
};

/**
 * Checks walkback.yml, every playbook, both together, and the templates where it is told how their texts are drawn: a
 * worker has no use for them. Never stops at the first problem.
 */
export async function checkConfiguration({
  root,
  draw,
}: {
  readonly root: string;
  readonly draw?: Draw;
}): Promise<CheckedConfiguration> {
  const team = readTeam(await readText(root, TEAM_FILE));
  const files = await listPlaybookFiles(root);
  const playbooks = await Promise.all(files.map((file) => readOne(root, file)));
  const templates = draw
    ? await readTemplates({ directory: await templatesDirectory(root), shapes: messageData, draw })
    : { problems: [], count: 0 };
  const problems = [
    ...team.problems,
    ...(team.draft ? findMissing(team.draft.part, files).map(team.draft.problemAt) : []),
    ...playbooks.flatMap((read) => read.problems),
    ...playbooks.flatMap(({ draft, name }) => checkUsage({ team: team.draft, playbook: draft, name })),
    ...templates.problems,
  ];
  return {
    problems: problems.toSorted(byPlace),
    counts: {
      services: Object.keys(team.team?.services ?? {}).length,
      playbooks: files.length,
      templates: templates.count,
    },
  };
}

async function readOne(root: string, file: string): Promise<ReadPlaybook & { readonly name: string }> {
  const name = nameByFile(file);
  const misnamed = playbookFile(name) === file ? [] : [badFileName(file)];
  const found = await readText(root, file);
  // Deleted between listing and reading: no playbook, no problem.
  if (found === undefined) return { name, problems: [] };
  const read = readPlaybook(found);
  // A team can't speak of a file that is named wrong, so it is taken for what it says it is.
  const used = playbookFile(name) ? name : (read.draft?.part.name ?? name);
  return { ...read, name: used, problems: [...misnamed, ...read.problems] };
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

function findMissing({ services }: Partly<Team>, files: readonly string[]): readonly Finding[] {
  const known = files.map(nameByFile);
  const sound = known.filter((name) => playbookFile(name) !== undefined);
  return namedEntries(services).flatMap(([service, { playbooks = [] }]) =>
    playbooks.flatMap((name, index) =>
      name === undefined || isKnown(name, known)
        ? []
        : [
            {
              path: ['services', service, 'playbooks', index],
              expected: sound.length > 0 ? `one of ${sound.join(', ')}` : 'a playbook that exists',
              found: describeUnknown(name, sound),
              example: `a file playbooks/${name}.yml`,
            },
          ],
    ),
  );
}

const byPlace = (a: Problem, b: Problem): number =>
  a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column;
