import type { Team } from './team.ts';

/**
 * The name of the service that was typed: as walkback.yml has it, or but for capitals by its name or its title where
 * that means one service alone. Undefined where it means none, or several.
 */
export function serviceNamed({ services }: Pick<Team, 'services'>, typed: string): string | undefined {
  if (Object.hasOwn(services, typed)) return typed;
  const wanted = typed.toLowerCase();
  const meant = Object.entries(services)
    .filter(([name, { title }]) => [name, title].some((known) => known.toLowerCase() === wanted))
    .map(([name]) => name);
  return meant.length === 1 ? meant[0] : undefined;
}
