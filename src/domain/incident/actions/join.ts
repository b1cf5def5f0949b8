import { refuse } from '../../refusal.ts';
import type { IncidentEventPayload } from '../events.ts';
import { accept, refuseToWork } from '../may-work.ts';
import { incidentAction } from './action.ts';

type Fields = Omit<IncidentEventPayload<'incident.reported-again'>, 'services'> & {
  /** All that are named; the incident may have some of them. */
  readonly services: readonly string[];
};

/** Somebody was about to declare what is declared: their words and services come to it, and nobody is called for that. */
export const join = incidentAction({
  press: 'join',
  words: 'reporting it as well',
  whyNot: refuseToWork,
  decide: (incident, _asking, { title, severity, services, impact, source }: Fields, { team }) => {
    const known = Object.keys(team.services);
    const unknown = services.find((service) => !known.includes(service));
    if (unknown !== undefined) return refuse({ reason: 'unknown-service', service: unknown, known });
    const added = services.filter((service) => !incident.services.includes(service));
    const report = { title, severity, services: added, impact, source };
    return accept({ type: 'incident.reported-again', payload: report });
  },
});
