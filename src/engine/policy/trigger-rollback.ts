import { systemActor } from '../../domain/actor.ts';
import { formatDuration } from '../../domain/duration.ts';
import type { IncidentEvent } from '../../domain/incident/events.ts';
import { foldIncident } from '../../domain/incident/evolve.ts';
import { type Incident, isMitigated, runsOf, servicesToRollBack } from '../../domain/incident/incident.ts';
import { decideRollbackBlocked } from '../../domain/incident/rollback-blocked.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { refusalInBrief } from '../../domain/refusal-phrase.ts';
import { type Requesting, requestRun } from '../run/request.ts';
import { incidentOf } from '../streams/incident-of.ts';
import { changeIncident, incidentEvents } from '../streams/incidents.ts';
import { loadRun } from '../streams/runs.ts';
import { compareDeployed } from './look-at-deployed.ts';

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
  const order = { automatic: isAutomatic(events[trigger]), rule: ruleOf(incident, events[trigger]) };
  const asked = await askedSince(deps, id, events.slice(0, trigger));
  for (const service of new Set(servicesOf(incident, events[trigger]))) {
    if (asked.includes(service) || wasTaken(events.slice(trigger), service)) continue;
    const why = await whyNotStarted(deps, incident, { service, ...order });
    if (why === undefined) continue;
    await changeIncident(deps, {
      incident: id,
      actor: systemActor('severity-policy'),
      decide: (state) => decideRollbackBlocked(state, { service, why }),
    });
  }
}

const NO_SERVICE = 'no service';

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

/** By itself it leaves alone what was rolled back already; whoever presses Go now may want it once more. */
function servicesOf(incident: Incident, trigger: IncidentEvent | undefined): readonly string[] {
  if (incident.services.length === 0) return [NO_SERVICE];
  return isAutomatic(trigger) ? servicesToRollBack(incident) : incident.services;
}

const isAutomatic = (trigger: IncidentEvent | undefined): boolean =>
  trigger?.type === 'rollback.triggered' && trigger.payload.rule === 'automatic';

/** Told beside severity and incident. */
const ruleOf = ({ declaredAt }: Incident, trigger: IncidentEvent | undefined): string =>
  trigger !== undefined && isAutomatic(trigger)
    ? `${formatDuration(Date.parse(trigger.at) - Date.parse(declaredAt))} without a fix`
    : 'Go now was pressed';

/** Whether this service was dealt with since the trigger: by a run, or by asking a person instead. */
const wasTaken = (since: readonly IncidentEvent[], service: string): boolean =>
  since.some(
    (event) =>
      (event.type === 'rollback.blocked' || event.type === 'deployed.moved' || event.type === 'run.linked') &&
      event.payload.service === service,
  );

type Order = { readonly service: string; readonly automatic: boolean; readonly rule: string };

/** Asks for a service's rollback; undefined once its run is there or needless, else why a person is needed, in words. */
async function whyNotStarted(
  deps: Triggering,
  incident: Incident,
  order: Order,
): Promise<string | undefined> {
  const { service, rule } = order;
  if (service === NO_SERVICE) return 'nobody has said which service is hit';
  const bound = order.automatic
    ? await boundTo(deps, incident, service)
    : { target: undefined, head: undefined };
  if (bound === 'needless') return undefined;
  if (typeof bound === 'string') return bound;
  const answer = await requestRun(deps, {
    service,
    severity: incident.severity,
    ...(bound.target === undefined ? {} : { target: bound.target }),
    parameters: {},
    reason: `${incident.id}: ${incident.title}`,
    checklist: [],
    thread: null,
    byPolicy: { incident: incident.id, rule, head: bound.head },
  });
  if (answer.kind === 'requested' || (await isOwnRun(deps, incident, answer.refusal))) return undefined;
  return whyOf(answer.refusal);
}

/** What the automatic rollback may do of a service: from this commit to that one; else why it does nothing, in words. */
async function boundTo(
  deps: Triggering,
  incident: Incident,
  service: string,
): Promise<{ readonly target: string | undefined; readonly head: string } | 'needless' | string> {
  const known = incident.deployed[service];
  if (runsOf(incident, service).at(-1)?.status === 'denied') return 'a person denied its rollback';
  if (known === undefined || known.late)
    return `what was deployed when ${incident.id} began is not known: its repository could not be read then`;
  const found = await compareDeployed(deps, incident, service);
  if (found.kind === 'moved') return 'needless';
  if (found.kind !== 'same') return refusalPhrase('repository-unreachable');
  return { target: known.target?.hash, head: found.head };
}

/** The service is held by a run of this very incident: what was to be started has been. */
async function isOwnRun(deps: Triggering, incident: Incident, refusal: Refusal): Promise<boolean> {
  if (refusal.reason !== 'rollback-in-progress') return false;
  const holder = await loadRun(deps, refusal.heldBy);
  return holder !== undefined && (await incidentOf(deps, holder))?.id === incident.id;
}

const whyOf = (refusal: Refusal): string =>
  refusal.reason === 'policy-needs-person' ? refusal.why : refusalInBrief(refusal);
