import type { IncidentEventBody } from './events.ts';
import { type Incident, isLadderStill, type LinkedRun, runsOf } from './incident.ts';

/**
 * The runs that are proven to have brought back what is hit, a run a service: since the declaration or the last
 * reopening, with nothing after them that may have changed it again.
 */
export const runsThatHold = (incident: Incident): readonly LinkedRun[] =>
  servicesHit(incident).flatMap((service) => {
    const last = lastThatCounts(incident, service);
    return last?.proven ? [last] : [];
  });

/** What is news of a run that has begun. */
type RunNews = { readonly run: string; readonly service: string; readonly proven: boolean };

/**
 * What comes of news of a run, in the same append; `incident` is as it stands with them. Everything that is hit is back,
 * which is said once; or what was taken for proven is so no more.
 */
export function decideVerified(incident: Incident, news: RunNews): readonly IncidentEventBody[] {
  return news.proven ? nowVerified(incident, news) : nowUnverified(incident, news);
}

function nowVerified(incident: Incident, { run }: RunNews): readonly IncidentEventBody[] {
  const holding = runsThatHold(incident);
  const isItsDoing = holding.some((linked) => linked.run === run);
  const isAll = holding.length === servicesHit(incident).length;
  return isItsDoing && isAll && !isLadderStill(incident) ? [{ type: 'rollback.verified', payload: {} }] : [];
}

function nowUnverified(incident: Incident, { run, service }: RunNews): readonly IncidentEventBody[] {
  const isLast = servicesHit(incident).includes(service) && lastThatCounts(incident, service)?.run === run;
  return isLast && incident.rolledBack !== null
    ? [{ type: 'rollback.unverified', payload: { service, run } }]
    : [];
}

/** Where nobody has named a service, those that were rolled back for it. */
const servicesHit = ({ services, runs }: Incident): readonly string[] =>
  services.length > 0 ? services : [...new Set(runs.map(({ service }) => service))];

/** What never began has changed nothing. */
const lastThatCounts = (incident: Incident, service: string): LinkedRun | undefined =>
  runsOf(incident, service).findLast(
    ({ begun, status, settledAt }) =>
      (begun || status === 'succeeded' || status === 'failed') &&
      (settledAt === null || settledAt >= incident.deployedAsOf),
  );
