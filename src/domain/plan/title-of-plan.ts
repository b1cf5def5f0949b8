import { onlyPaths } from '../git/only-paths.ts';
import type { Team } from '../team/team.ts';
import type { Plan } from './plan.ts';

const NAMED = 2;

/** What a plan takes back, as people call it: "Web shop", or "apps/web of Web shop" where it is only a part. Plain text. */
export const titleOfPlan = (
  { service, steps }: Pick<Plan, 'service' | 'steps'>,
  team: Pick<Team, 'services'>,
): string => titleOfPart({ service, paths: pathsOfPlan({ steps }) }, team);

/** The paths that a plan takes back, where it takes back only some. */
export const pathsOfPlan = ({ steps }: Pick<Plan, 'steps'>): readonly string[] =>
  onlyPaths(steps.flatMap((step) => (step.kind === 'git' ? [step] : [])));

/** A service, or some paths of it, as people call it. Plain text. */
export function titleOfPart(
  { service, paths }: { readonly service: string; readonly paths: readonly string[] },
  { services }: Pick<Team, 'services'>,
): string {
  const title = (Object.hasOwn(services, service) ? services[service]?.title : undefined) ?? service;
  if (paths.length === 0) return title;
  const more = paths.length - NAMED;
  return `${paths.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''} of ${title}`;
}
