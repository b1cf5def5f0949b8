import { isRunEvent } from '../../domain/events.ts';
import type { IncidentEvent, IncidentRole } from '../../domain/incident/events.ts';
import { evolveIncident, foldIncident } from '../../domain/incident/evolve.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { foldRun } from '../../domain/run/evolve.ts';
import type { Run } from '../../domain/run/run.ts';
import type { EventStore } from '../ports/event-store.ts';
import { incidentEvents } from './incidents.ts';
import { rolesGiven } from './roles-given.ts';
import { loadRun } from './runs.ts';
import { saidBefore } from './said-before.ts';

/** An incident as it was when something happened to it: what a notice tells, however late it is told. */
export type IncidentMoment = {
  readonly event: IncidentEvent;
  /** With the event, and without it. What was deployed then is told as far as it is known by now. */
  readonly incident: Incident;
  readonly before: Incident | undefined;
  /** What happened next, where anything has. */
  readonly next: IncidentEvent | undefined;
  /** The id of the event whose message says the same, because nothing else has happened since; else the event's own. */
  readonly said: string;
  /** Roles that the event gives to somebody, with those given to the same person at once; none where others follow. */
  readonly rolesGiven: readonly IncidentRole[];
  /** When people had last heard of it before, but for what said the same. */
  readonly heardAt: string;
  /** Whether stakeholders had been told of it before. */
  readonly stakeholdersKnow: boolean;
  /** The incident's runs as they stood. */
  readonly runs: readonly Run[];
};

/** The moment of an event, or undefined where the incident has no such event. */
export async function incidentMoment(
  { store }: { readonly store: EventStore },
  { incident: id, event: eventId }: { readonly incident: string; readonly event: string },
): Promise<IncidentMoment | undefined> {
  const events = await incidentEvents({ store }, id);
  const index = events.findIndex((candidate) => candidate.id === eventId);
  const event = events[index];
  if (event === undefined) return undefined;
  const said = saidBefore(events, index);
  const first = events.findIndex(({ id: each }) => each === said);
  const before = events.slice(0, index).reduce<Incident | undefined>(evolveIncident, undefined);
  const incident = withDeployed(evolveIncident(before, event), events.slice(index + 1));
  const runs = await Promise.all(incident.runs.map(({ run }) => runAt(store, run, event.at)));
  return {
    event,
    incident,
    before,
    next: events[index + 1],
    said,
    rolesGiven: rolesGiven(events, index),
    heardAt: foldIncident(events.slice(0, first))?.lastToldAt ?? incident.declaredAt,
    stakeholdersKnow: events.slice(0, index).some(tellsStakeholders),
    runs: runs.filter((run) => run !== undefined),
  };
}

/** Git is asked after the event that people are told of, so that nobody waits for it to be told. */
function withDeployed(incident: Incident, later: readonly IncidentEvent[]): Incident {
  const { deployed, deployedAsOf } = later.reduce(evolveIncident, incident);
  return deployedAsOf === incident.deployedAsOf ? { ...incident, deployed } : incident;
}

/** How an incident stands: the moment of what happened last, with its runs as they are now. Undefined for an unknown one. */
export async function presentMoment(
  deps: { readonly store: EventStore },
  incident: string,
): Promise<IncidentMoment | undefined> {
  const last = (await incidentEvents(deps, incident)).at(-1);
  const moment = last && (await incidentMoment(deps, { incident, event: last.id }));
  if (moment === undefined) return undefined;
  const runs = await Promise.all(moment.incident.runs.map(({ run }) => loadRun(deps, run)));
  return { ...moment, runs: runs.filter((run) => run !== undefined) };
}

async function runAt(store: EventStore, id: string, at: string): Promise<Run | undefined> {
  return foldRun((await store.read(id)).filter(isRunEvent).filter((event) => event.at <= at));
}

const tellsStakeholders = ({ type, payload }: IncidentEvent): boolean =>
  (type === 'incident.declared' || type === 'severity.changed' || type === 'incident.reopened') &&
  payload.schedule.stakeholders;
