import { formatProblem, type Problem } from '../domain/problem/problem.ts';

export type Checked = {
  readonly problems: readonly Problem[];
  readonly counts: { readonly services: number; readonly playbooks: number; readonly templates: number };
};

/** Checks a configuration and prints all that is wrong with it. Returns the exit code: 1 where there is an error. */
export async function validate({
  root,
  check,
  print,
}: {
  readonly root: string;
  readonly check: (where: { readonly root: string }) => Promise<Checked>;
  readonly print: (line: string) => void;
}): Promise<0 | 1> {
  const { problems, counts } = await check({ root });
  const errors = problems.filter((problem) => problem.level === 'error');
  const warnings = problems.filter((problem) => problem.level === 'warning');
  for (const problem of [...errors, ...warnings]) print(formatProblem(problem));
  if (errors.length > 0) {
    const files = new Set(errors.map((problem) => problem.file)).size;
    print(`${count(errors.length, 'problem')} in ${count(files, 'file')} of ${root}`);
    return 1;
  }
  const checked = `${count(counts.services, 'service')}, ${count(counts.playbooks, 'playbook')} and ${count(counts.templates, 'template')}`;
  print(
    `All is well in ${root}: ${checked} checked${warnings.length > 0 ? `, ${count(warnings.length, 'warning')}` : ''}.`,
  );
  return 0;
}

const count = (number: number, one: string): string => `${number} ${one}${number === 1 ? '' : 's'}`;
