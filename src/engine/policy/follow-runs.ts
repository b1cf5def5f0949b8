import { systemActor } from '../../domain/actor.ts';
import { shortName } from '../../domain/git/git-facts.ts';
import type { IncidentEventBody } from '../../domain/incident/events.ts';
import { evolvedBy } from '../../domain/incident/evolve.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { decideVerified } from '../../domain/incident/rollback-verified.ts';
import { pathsOfPlan } from '../../domain/plan/title-of-plan.ts';
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
  const told = await changeIncident(deps, {
    incident,
    actor: RUNS,
    decide: (state, now) => ({
      kind: 'accepted',
      events: state.mergedInto === null ? newsOf(state, run, now) : [],
    }),
  });
  // The queue does it again: by then the one that it goes on as is known.
  if (told.kind === 'accepted' && told.incident.mergedInto !== null)
    throw new Error(`${incident}: merged just now, ${id} is told to the one that it goes on as`);
  await deps.queue.add({ kind: 'incident-card', incident }, `${id}-${run.version}`);
  await deps.queue.add({ kind: 'stakeholder-post', incident }, `${id}-${run.version}`);
  // What happened to the incident while the run was planned befell a run that it didn't know.
  await heedIncident(deps, run);
}

const RUNS = systemActor('runs');

function newsOf(incident: Incident, run: Run, now: string): readonly IncidentEventBody[] {
  const known = incident.runs.find((candidate) => candidate.run === run.id);
  const { service, environment, target } = run.plan;
  const proven = isProven(run);
  const isOver = hasEnded(run) && (known?.status ?? null) === null;
  const linked = { run: run.id, service, environment };
  const settled = {
    run: run.id,
    status: run.status,
    proven,
    target: shortName(target),
    paths: [...pathsOfPlan(run.plan)],
  };
  const news: readonly IncidentEventBody[] = [
    ...(known === undefined ? [{ type: 'run.linked' as const, payload: linked }] : []),
    ...(hasStarted(run) && !known?.begun ? [{ type: 'run.began' as const, payload: { run: run.id } }] : []),
    ...(isOver ? [{ type: 'run.settled' as const, payload: settled }] : []),
  ];
  // An end is judged once, when it is heard of: a person may have said otherwise since.
  if (!hasStarted(run) || (proven && !isOver)) return news;
  const after = evolvedBy(incident, news, { at: now, actor: RUNS });
  return [...news, ...decideVerified(after, { run: run.id, service, proven })];
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
