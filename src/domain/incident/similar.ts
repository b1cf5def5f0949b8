import { type Incident, isOver } from './incident.ts';

const WITHIN_MS = 30 * 60_000;

/** Incidents that may be the same thing, first declared first: still open, declared up to 30 minutes before, with a service in common. */
export function similarIncidents(incident: Incident, others: readonly Incident[]): readonly Incident[] {
  return others
    .filter((other) => !isOver(other) && cameBefore(other, incident) && sharesService(other, incident))
    .toSorted((a, b) => (cameBefore(a, b) ? -1 : 1));
}

/** Of two that were declared in the same instant the lower number came first, so only one of them is the second. */
function cameBefore(other: Incident, incident: Incident): boolean {
  const ahead = Date.parse(incident.declaredAt) - Date.parse(other.declaredAt);
  if (ahead === 0) return numberOf(other) < numberOf(incident);
  return ahead > 0 && ahead <= WITHIN_MS;
}

const sharesService = (other: Incident, incident: Incident): boolean =>
  other.services.some((service) => incident.services.includes(service));

const numberOf = ({ id }: Incident): number => Number(id.replace(/\D/g, ''));
