import { formatProblem, type Problem } from './problem.ts';

/** Thrown when walkback.yml, a playbook or a template can't be used; `problems` says all that is wrong. */
export class ConfigurationBroken extends Error {
  override readonly name = 'ConfigurationBroken';
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'));
    this.problems = problems;
  }
}
