import type { IncidentEvent } from './events.ts';
import type { Incident } from './incident.ts';
import { shortName } from './named-commit.ts';

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
