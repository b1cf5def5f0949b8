import { createHash } from 'node:crypto';
import { shortName } from '../git/git-facts.ts';
import type { IncidentEvent } from './events.ts';
import type { Incident } from './incident.ts';

/** From what to what a service would be rolled back, by name; '' for what isn't known. */
export function moveOf(
  { deployed }: Incident,
  service: string,
): { readonly from: string; readonly to: string } {
  const known = Object.hasOwn(deployed, service) ? deployed[service] : undefined;
  const { version, target } = known?.moved ?? { version: known?.version, target: known?.target };
  return {
    from: version === undefined ? '' : shortName(version),
    to: target === undefined || target === null ? '' : shortName(target),
  };
}

/** The same of all its services in one line of plain text: "shop: v1.4.0 → v1.3.0, search". */
export const movesText = (incident: Incident): string =>
  incident.services
    .map((service) => {
      const { from, to } = moveOf(incident, service);
      return from === '' || to === '' ? service : `${service}: ${from} → ${to}`;
    })
    .join(', ') || 'nothing, as no service is named,';

/** A short name for just these moves, by which a press tells what it was said to do. */
export const movesName = (incident: Incident): string =>
  createHash('sha256').update(movesText(incident)).digest('hex').slice(0, 16);

/** For how long after the declaration what is deployed still counts as what was deployed then. */
const AS_DECLARED_MS = 5 * 60_000;

/** Whether what is read now (ISO) may no longer be what was deployed at the declaration. */
export const isLate = ({ deployedAsOf }: Incident, now: string): boolean =>
  Date.parse(now) > Date.parse(deployedAsOf) + AS_DECLARED_MS;

/** The first word counts: whoever reads it a second time, such as after a crash, changes nothing. */
export function noted(
  incident: Incident,
  { payload: { service, ...known } }: IncidentEvent & { type: 'deployed.noted' },
): Incident {
  if (Object.hasOwn(incident.deployed, service)) return incident;
  return { ...incident, deployed: { ...incident.deployed, [service]: { ...known, moved: null } } };
}

/** What was deployed at the declaration is gone. */
export function movedOn(
  incident: Incident,
  { payload: { service, ...moved } }: IncidentEvent & { type: 'deployed.moved' },
): Incident {
  const known = incident.deployed[service];
  if (known === undefined) return incident;
  return { ...incident, deployed: { ...incident.deployed, [service]: { ...known, moved } } };
}
