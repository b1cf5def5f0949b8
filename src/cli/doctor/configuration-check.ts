import { formatProblem, type Problem } from '../../domain/problem/problem.ts';
import type { HealthCheck, HealthFinding } from '../../engine/ports/health.ts';
import type { Checked } from '../validate.ts';

/** Is all that the team wrote valid: walkback.yml, playbooks, templates? */
export function createConfigurationCheck({ check }: { readonly check: () => Promise<Checked> }): HealthCheck {
  return {
    title: 'Configuration',
    run: async () => {
      const { problems, counts } = await check();
      if (problems.length > 0) return problems.map(toFinding);
      const { services, playbooks, templates } = counts;
      return [
        {
          level: 'ok',
          what: `valid (services: ${services}, playbooks: ${playbooks}, templates: ${templates})`,
        },
      ];
    },
  };
}

function toFinding(problem: Problem): HealthFinding {
  const [what = ''] = formatProblem({ ...problem, level: 'error' }).split('\n');
  return {
    level: problem.level === 'error' ? 'problem' : 'warning',
    what,
    todo: `for example: ${problem.example}`,
  };
}
