import { type Incident, isMitigated } from '../incident/incident.ts';
import { isApprovedByPolicy, isGlassBroken } from '../run/approvals.ts';
import { accept, type Decision } from '../run/decide.ts';
import { hasStarted, type Run } from '../run/run.ts';

/** What has not begun ends with its incident; what the policy alone approved, once the harm has stopped. No events where the run goes on. */
export function decideStandDown(run: Run, incident: Incident): Decision {
  const why = whyNotWanted(run, incident);
  const waits = run.status === 'awaiting_approval' || run.status === 'queued';
  if (why === undefined || !waits || hasStarted(run)) return accept();
  return accept({ type: 'run.cancelled', payload: { why } });
}

function whyNotWanted(run: Run, incident: Incident): string | undefined {
  if (isGlassBroken(run)) return undefined;
  if (incident.resolution !== null) return `${incident.id} is resolved`;
  if (!isApprovedByPolicy(run) || !isMitigated(incident)) return undefined;
  return `${incident.id} needs no automatic rollback any more`;
}
