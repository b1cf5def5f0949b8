import { typedName } from '../typed-name.ts';
import type { Team } from './team.ts';

type Services = Pick<Team, 'services'>;

/**
 * The name of the service that was typed: as walkback.yml has it, or by its name or its title, whatever the capitals,
 * dashes and quotes, where that means one service alone. Undefined where it means none, or several.
 */
export function serviceNamed({ services }: Services, typed: string): string | undefined {
  if (Object.hasOwn(services, typed)) return typed;
  const wanted = likeness(typed);
  const meant = Object.entries(services)
    .filter(([name, { title }]) => [name, title].some((known) => likeness(known) === wanted))
    .map(([name]) => name);
  return meant.length === 1 ? meant[0] : undefined;
}

/** The words with the service that they begin with as one, by its name: a title may be several words long. */
export function withServiceNamed(team: Services, words: readonly string[]): readonly string[] {
  for (let count = Math.min(words.length, LONGEST_TITLE); count > 0; count -= 1) {
    const service = serviceNamed(team, words.slice(0, count).join(' '));
    if (service !== undefined) return [service, ...words.slice(count)];
  }
  return words;
}

/** In words. */
const LONGEST_TITLE = 10;

const likeness = (name: string): string =>
  typedName(name)
    .toLowerCase()
    .replace(/[\s_-]+/g, '');
