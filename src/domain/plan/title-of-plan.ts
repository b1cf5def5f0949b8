import { onlyPaths } from '../git/only-paths.ts';
import type { Team } from '../team/team.ts';
import type { Plan } from './plan.ts';

const NAMED = 2;

/** What a plan takes back, as people call it: "Web shop", or "apps/web of Web shop" where it is only a part. Plain text. */
export function titleOfPlan(
  { service, steps }: Pick<Plan, 'service' | 'steps'>,
  { services }: Pick<Team, 'services'>,
): string {
  const title = services[service]?.title ?? service;
  const paths = onlyPaths(steps.flatMap((step) => (step.kind === 'git' ? [step] : [])));
  if (paths.length === 0) return title;
  const more = paths.length - NAMED;
  return `${paths.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''} of ${title}`;
}
