import { systemActor } from '../../domain/actor.ts';
import { decideStandDown } from '../../domain/policy/stand-down.ts';
import type { Run } from '../../domain/run/run.ts';
import { incidentOf } from '../streams/incident-of.ts';
import { changeRun } from '../streams/runs.ts';
import { type Restating, restateRun } from './restate-run.ts';

/**
 * Has a run that has not begun follow its incident: ended where that no longer wants it, planned anew where that has
 * another severity by now. Tells whether it changed anything. Throws ConfigurationBroken or Hindered: try again.
 */
export async function heedIncident(deps: Restating, run: Run): Promise<boolean> {
  const incident = await incidentOf(deps, run);
  if (incident === undefined) return false;
  const stoodDown = await changeRun(deps, {
    run: run.id,
    actor: systemActor('severity-policy'),
    decide: (state) => decideStandDown(state, incident),
  });
  if (stoodDown.kind === 'accepted' && stoodDown.events.length > 0) return true;
  if (incident.severity === run.plan.severity) return false;
  const restated = await restateRun(deps, { run: run.id, severity: incident.severity });
  return restated.kind === 'accepted';
}
