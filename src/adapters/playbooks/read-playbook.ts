import { type LoadedPlaybook, Playbook } from '../../domain/playbook/playbook.ts';
import { playbookRules } from '../../domain/playbook/rules.ts';
import type { Partly } from '../../domain/problem/partly.ts';
import { describeFound, type Finding, type Path, type Problem } from '../../domain/problem/problem.ts';
import { STEP_KINDS } from '../../domain/steps/kinds.ts';
import { kindsOf, stepSchemaFor } from '../../domain/steps/of-kind.ts';
import { type Draft, readYaml, type UnionGuide } from '../yaml/read-yaml.ts';
import { type FileText, nameByFile, playbookFile } from './configuration-files.ts';

export type ReadPlaybook = {
  readonly problems: readonly Problem[];
  /** Only of a file that has the shape of a playbook; its problems are then those that rules found. */
  readonly loaded?: LoadedPlaybook;
  readonly draft?: Draft<Playbook>;
};

/** A playbook's text, parsed, and what can be read of it held against every rule that concerns it alone. */
export function readPlaybook({ file, text, digest }: FileText): ReadPlaybook {
  const read = readYaml({ file, text, schema: Playbook, union: stepUnion });
  if (read.draft === undefined) return { problems: read.problems };
  const { draft } = read;
  const { part } = draft;
  const findings = [...playbookRules.flatMap((rule) => rule.check(part)), ...nameMatches(file, part)];
  const problems = [...read.problems, ...findings.map(draft.problemAt)];
  if (!read.ok) return { problems, draft };
  return { problems, draft, loaded: { playbook: read.value, file, fileDigest: digest } };
}

const stepUnion: UnionGuide = {
  choose: stepSchemaFor,
  explain: (value: unknown, path: Path): Finding => {
    const kinds = kindsOf(value);
    return {
      path,
      expected: `a step with exactly one of ${STEP_KINDS.join(', ')}`,
      found: kinds.length > 0 ? kinds.join(' and ') : describeFound(value),
      example: '- { id: redeploy, title: Redeploy the target, run: ./deploy.sh }',
    };
  },
};

function nameMatches(file: string, { name }: Partly<Playbook>): readonly Finding[] {
  const expected = nameByFile(file);
  // No playbook can have the name of a file which is itself named wrong.
  if (name === undefined || name === expected || playbookFile(expected) === undefined) return [];
  return [
    {
      path: ['name'],
      expected: `the name of the file, ${expected}`,
      found: describeFound(name),
      example: `name: ${expected}`,
    },
  ];
}
