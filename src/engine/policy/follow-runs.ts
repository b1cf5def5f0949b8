import { systemActor } from '../../domain/actor.ts';
import type { IncidentEventBody } from '../../domain/incident/events.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { isProven } from '../../domain/run/proof.ts';
import { hasEnded, hasStarted, type Run } from '../../domain/run/run.ts';
import type { FollowOnQueue } from '../ports/follow-on-queue.ts';
import { incidentOf } from '../streams/incident-of.ts';
import { changeIncident, loadIncident } from '../streams/incidents.ts';
import { loadRun } from '../streams/runs.ts';
import { heedIncident } from './heed-incident.ts';
import { joinIncident } from './join-incident.ts';
import type { Restating } from './restate-run.ts';

export type FollowingRuns = Restating & { readonly queue: FollowOnQueue };

/** Has the incident that a run belongs to know how the run stands, and the run follow its incident. */
export async function tellIncident(deps: FollowingRuns, id: string): Promise<void> {
  const found = await loadRun(deps, id);
  if (found === undefined) return;
  const run = hasStarted(found) ? found : await joinIncident(deps, found);
  const incident = (await incidentOf(deps, run))?.id;
  if (incident === undefined) return;
  await changeIncident(deps, {
    incident,
    actor: systemActor('runs'),
    decide: (state) => ({ kind: 'accepted', events: newsOf(state, run) }),
  });
  await deps.queue.add({ kind: 'incident-card', incident }, `${id}-${run.version}`);
  await deps.queue.add({ kind: 'stakeholder-post', incident }, `${id}-${run.version}`);
  // What happened to the incident while the run was planned befell a run that it didn't know.
  await heedIncident(deps, run);
}

function newsOf(incident: Incident, run: Run): readonly IncidentEventBody[] {
  const linked = incident.runs.find((candidate) => candidate.run === run.id);
  const { service, environment } = run.plan;
  return [
    ...(linked === undefined
      ? [{ type: 'run.linked' as const, payload: { run: run.id, service, environment } }]
      : []),
    ...(hasEnded(run) && (linked === undefined || linked.status === null)
      ? [
          {
            type: 'run.settled' as const,
            payload: { run: run.id, status: run.status, proven: isProven(run) },
          },
        ]
      : []),
  ];
}

/** Has an incident's runs that have not begun follow its severity, or its end. */
export async function restateRuns(deps: FollowingRuns, id: string): Promise<void> {
  const incident = await loadIncident(deps, id);
  const hindered: unknown[] = [];
  for (const { run: linked, status } of incident?.runs ?? []) {
    const run = status === null ? await loadRun(deps, linked) : undefined;
    if (run !== undefined) await heedIncident(deps, run).catch((error: unknown) => hindered.push(error));
  }
  // Done again by the queue: what has followed is left alone.
  if (hindered.length > 0) throw hindered[0];
}
