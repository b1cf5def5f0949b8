import type { Team } from '../team/team.ts';
import { type Incident, isOver } from './incident.ts';
import { isWithin, sharedTelling, wordsOf } from './title-words.ts';

/** For how long after the last thing that happened to an open incident another may be the same, in ms. */
const NEAR_MS = 2 * 3_600_000;

/** What somebody reports. */
type Report = Pick<Incident, 'title' | 'impact' | 'services'>;

/**
 * Open incidents that what is reported at `now` (ISO) may be, the likeliest first: something happened to them in the last
 * two hours, and they name a service that it names, or say in a word that tells what it is about the same.
 */
export function similarIncidents(
  report: Report,
  others: readonly Incident[],
  { now, team }: { readonly now: string; readonly team: Pick<Team, 'services'> },
): readonly Incident[] {
  return others
    .filter((other) => !isOver(other) && isNear(other, now))
    .map((other) => ({ other, likeness: likeness(report, other, team) }))
    .filter(({ likeness: found }) => found > 0)
    .toSorted(
      (a, b) =>
        b.likeness - a.likeness ||
        a.other.severity.localeCompare(b.other.severity) ||
        b.other.lastActivityAt.localeCompare(a.other.lastActivityAt),
    )
    .map(({ other }) => other);
}

/** Those that were declared before an incident, may be the same, and that nobody was asked about at its declaration. */
export function earlierAlike(
  incident: Incident,
  others: readonly Incident[],
  team: Pick<Team, 'services'>,
): readonly Incident[] {
  const earlier = others.filter(
    (other) => cameBefore(other, incident) && !incident.distinctFrom.includes(other.id),
  );
  return similarIncidents(incident, earlier, { now: incident.declaredAt, team });
}

const isNear = ({ lastActivityAt }: Incident, now: string): boolean =>
  Date.parse(now) - Date.parse(lastActivityAt) <= NEAR_MS;

const likeness = (report: Report, other: Incident, team: Pick<Team, 'services'>): number =>
  (agreesInWords(report, other, team) ? 2 : 0) + (sharesService(report, other, team) ? 1 : 0);

/** One telling word of the titles, two of all that was typed, or one title that says nothing beside the other. */
function agreesInWords(report: Report, other: Report, team: Pick<Team, 'services'>): boolean {
  const titles = [wordsOf(report.title), wordsOf(other.title)] as const;
  const [own, others] = titles;
  return (
    sharedTelling(own, others).length > 0 ||
    sharedTelling(own, namesOf(other, team)).length > 0 ||
    sharedTelling(others, namesOf(report, team)).length > 0 ||
    isWithin(own, others) ||
    isWithin(others, own) ||
    sharedTelling(wordsOf(report.title, report.impact), wordsOf(other.title, other.impact)).length > 1
  );
}

const namesOf = ({ services }: Report, team: Pick<Team, 'services'>) =>
  wordsOf(
    ...services.flatMap((name) => [
      name,
      Object.hasOwn(team.services, name) ? (team.services[name]?.title ?? '') : '',
    ]),
  );

/** Where there is only one service, everything has that in common. */
const sharesService = (report: Report, other: Incident, { services }: Pick<Team, 'services'>): boolean =>
  Object.keys(services).length > 1 && other.services.some((service) => report.services.includes(service));

/** Of two that were declared in the same instant the lower number came first, so only one of them is the second. */
function cameBefore(other: Incident, incident: Incident): boolean {
  const ahead = Date.parse(incident.declaredAt) - Date.parse(other.declaredAt);
  return ahead === 0 ? numberOf(other) < numberOf(incident) : ahead > 0;
}

const numberOf = ({ id }: Incident): number => Number(id.replace(/\D/g, ''));
