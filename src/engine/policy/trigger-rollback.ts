import { systemActor } from '../../domain/actor.ts';
import { formatDuration } from '../../domain/duration.ts';
import type { IncidentEvent } from '../../domain/incident/events.ts';
import { foldIncident } from '../../domain/incident/evolve.ts';
import { type Incident, isMitigated, servicesToRollBack } from '../../domain/incident/incident.ts';
import { decideRollbackBlocked } from '../../domain/incident/rollback-blocked.ts';
import { hindranceIn } from '../plan/hindrance-in.ts';
import type { Requesting } from '../run/request.ts';
import { changeIncident, incidentEvents } from '../streams/incidents.ts';
import { loadRun } from '../streams/runs.ts';
import { type StartedByPolicy, startByPolicy } from './start-by-policy.ts';

export type Triggering = Requesting;

/**
 * Starts the rollback of each of an incident's services, by the service's first playbook, approved by policy. The
 * automatic one is for what was deployed at the declaration, and goes where it was announced to go; where something
 * else is deployed by now, it stands down. One that needs a person is not started; the ladder's next rung is asked
 * instead. Doing it again starts nothing twice.
 */
export async function triggerRollback(deps: Triggering, id: string): Promise<void> {
  const events = await incidentEvents(deps, id);
  const incident = foldIncident(events);
  if (incident === undefined || isMitigated(incident)) return;
  // The severity may have been changed since: what the old one triggered, the new one may not want.
  if (incident.automaticRollback?.outcome !== 'triggered') return;
  const trigger = events.findLastIndex(({ type }) => type === 'rollback.triggered');
  const order = { automatic: isAutomatic(events[trigger]), ...ruleOf(incident, events[trigger]) };
  const asked = await askedSince(deps, id, events.slice(0, trigger));
  const waiting: string[] = [];
  for (const service of new Set(servicesOf(incident, events[trigger]))) {
    if (asked.includes(service) || wasTaken(events.slice(trigger), service)) continue;
    const started = service === NO_SERVICE ? NAMELESS : await start(deps, incident, { service, ...order });
    if (started.kind === 'hindered' && mayWait(deps, events[trigger])) waiting.push(service);
    else if (started.kind !== 'done')
      await changeIncident(deps, {
        incident: id,
        actor: systemActor('severity-policy'),
        decide: (state) => decideRollbackBlocked(state, { service, why: started.why }),
      });
  }
  // Done again by the queue: what was started is left alone.
  if (waiting.length > 0)
    throw new Error(`${id}: nobody can tell how it is with ${waiting.join(', ')} just now`);
}

async function start(
  deps: Triggering,
  incident: Incident,
  order: Parameters<typeof startByPolicy>[2],
): Promise<StartedByPolicy> {
  try {
    return await startByPolicy(deps, incident, order);
  } catch (error) {
    const hindrance = hindranceIn(error);
    if (hindrance === undefined) throw error;
    return hindrance;
  }
}

/** A blip of git, or a file half saved, must not cost an automatic rollback; one that lasts is a person's matter. */
const mayWait = ({ clock }: Triggering, trigger: IncidentEvent | undefined): boolean =>
  trigger !== undefined && clock.now() < Date.parse(trigger.at) + HINDERED_MS;

const NO_SERVICE = 'no service';
const NAMELESS = { kind: 'person', why: 'nobody has said which service is hit' } as const;
const HINDERED_MS = 2 * 60_000;

/** Of so many of the newest runs one may be what a process asked for that died then, before the incident heard of it. */
const LOOKED_AT = 50;

/** Services whose rollback the policy has asked for since the trigger, be it that the run has ended again. */
async function askedSince(
  deps: Triggering,
  id: string,
  before: readonly IncidentEvent[],
): Promise<readonly string[]> {
  const earlier = before.flatMap((event) => (event.type === 'run.linked' ? [event.payload.run] : []));
  const ids = (await deps.store.recent('run', LOOKED_AT)).filter((run) => !earlier.includes(run));
  const runs = await Promise.all(ids.map((run) => loadRun(deps, run)));
  return runs.flatMap((run) => (run?.byPolicy?.incident === id ? [run.plan.service] : []));
}

/** By itself it leaves alone what was rolled back already; whoever presses Roll back may want it once more. */
function servicesOf(incident: Incident, trigger: IncidentEvent | undefined): readonly string[] {
  if (incident.services.length === 0) return [NO_SERVICE];
  return isAutomatic(trigger) ? servicesToRollBack(incident) : incident.services;
}

const isAutomatic = (trigger: IncidentEvent | undefined): boolean =>
  trigger?.type === 'rollback.triggered' && trigger.payload.rule === 'automatic';

/** Told beside severity and incident. */
function ruleOf({ declaredAt }: Incident, trigger: IncidentEvent | undefined) {
  if (trigger !== undefined && isAutomatic(trigger))
    return { rule: `${formatDuration(Date.parse(trigger.at) - Date.parse(declaredAt))} without a fix` };
  const pressedBy = trigger?.actor.kind === 'user' ? trigger.actor.id : undefined;
  return { rule: 'Roll back was pressed', pressedBy };
}

/** Whether this service was dealt with since the trigger: by a run, or by asking a person instead. */
const wasTaken = (since: readonly IncidentEvent[], service: string): boolean =>
  since.some(
    (event) =>
      (event.type === 'rollback.blocked' || event.type === 'deployed.moved' || event.type === 'run.linked') &&
      event.payload.service === service,
  );
