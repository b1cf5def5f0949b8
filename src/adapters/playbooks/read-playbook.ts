import { type LoadedPlaybook, Playbook } from '../../domain/playbook.ts';
import { playbookRules } from '../../domain/playbook-rules.ts';
import { kindsOf, STEP_KINDS, stepSchemaFor } from '../../domain/playbook-steps.ts';
import { describeFound, type Finding, type Path, type Problem } from '../../domain/problem.ts';
import { readYaml, type UnionGuide } from '../yaml/read-yaml.ts';
import { type FileText, nameByFile } from './configuration-files.ts';

export type ReadPlaybook =
  | {
      readonly parsed: true;
      readonly loaded: LoadedPlaybook;
      readonly problems: readonly Problem[];
      readonly problemAt: (finding: Finding) => Problem;
    }
  | { readonly parsed: false; readonly problems: readonly Problem[] };

/** A playbook's text, parsed and held against every rule that concerns it alone. */
export function readPlaybook({ file, text, digest }: FileText): ReadPlaybook {
  const read = readYaml({ file, text, schema: Playbook, union: stepUnion });
  if (!read.ok) return { parsed: false, problems: read.problems };
  const playbook = read.value;
  const findings = [...playbookRules.flatMap((rule) => rule.check(playbook)), ...nameMatches(file, playbook)];
  return {
    parsed: true,
    loaded: { playbook, file, fileDigest: digest },
    problems: findings.map(read.problemAt),
    problemAt: read.problemAt,
  };
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

function nameMatches(file: string, { name }: Playbook): readonly Finding[] {
  const expected = nameByFile(file);
  if (name === expected) return [];
  return [
    {
      path: ['name'],
      expected: `the name of the file, ${expected}`,
      found: describeFound(name),
      example: `name: ${expected}`,
    },
  ];
}
