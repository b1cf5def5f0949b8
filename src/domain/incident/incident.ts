import type { Actor } from '../actor.ts';
import type { Severity } from '../severity.ts';
import type { IncidentEventPayload, IncidentRole, WorkingStatus } from './events.ts';

export type IncidentStatus = WorkingStatus | 'resolved' | 'closed';

/** A rung of the escalation ladder: told once, at its time or earlier. Times are ISO, in UTC. */
export type LadderRung = { readonly role: string; readonly at: string; readonly reachedAt: string | null };

type IncidentUpdate = Pick<IncidentEventPayload<'incident.updated'>, 'status' | 'done' | 'next' | 'eta'> & {
  readonly by: Actor;
  readonly at: string;
};

export type AutomaticRollback = {
  readonly at: string;
  readonly warnAt: readonly string[];
  readonly held: { readonly by: Actor; readonly reason: string; readonly at: string } | null;
  readonly outcome: 'planned' | 'triggered' | 'stood-down';
  /** Services that it could not be started for without a person. */
  readonly blocked: readonly string[];
};

/** A run that belongs to an incident; `status` once it has ended. */
type LinkedRun = {
  readonly run: string;
  readonly service: string;
  readonly status: string | null;
  /** Whether its end is known to have its target running: see domain/run/proof.ts. */
  readonly proven: boolean;
  readonly at: string;
};

/** An incident's state: the fold of its events, nothing else. */
export type Incident = {
  readonly id: string;
  readonly version: number;
  readonly status: IncidentStatus;
  readonly title: string;
  readonly severity: Severity;
  readonly services: readonly string[];
  readonly impact: string;
  readonly usersAffected: number | null;
  readonly startedAt: string;
  readonly declaredBy: Actor;
  readonly declaredAt: string;
  readonly source: IncidentEventPayload<'incident.declared'>['source'];
  readonly acknowledged: { readonly by: Actor; readonly at: string } | null;
  readonly roles: Readonly<Record<IncidentRole, string | null>>;
  readonly rolesAskedAgain: boolean;
  readonly respondBy: string | null;
  readonly responseOverdue: boolean;
  readonly ladder: readonly LadderRung[];
  /** Since when the harm has stopped, as far as it still holds: what waits for a fix stands still meanwhile. */
  readonly mitigatedSince: string | null;
  readonly ladderHold: { readonly by: Actor; readonly until: string; readonly reason: string } | null;
  readonly updateEveryMs: number;
  readonly updateDueAt: string;
  readonly updateAsked: boolean;
  readonly lastUpdate: IncidentUpdate | null;
  /** When people last heard of it: the last update, by a person or by Walkback. */
  readonly lastToldAt: string;
  readonly stakeholders: boolean;
  readonly automaticRollback: AutomaticRollback | null;
  readonly decideBy: string | null;
  readonly decisionAsked: boolean;
  readonly runs: readonly LinkedRun[];
  readonly ownChannel: boolean;
  readonly channel: string | null;
  readonly mergedInto: string | null;
  readonly resolution: {
    readonly by: Actor;
    readonly at: string;
    readonly summary: string;
    readonly closesAt: string;
  } | null;
};

/** Resolved or closed: nothing about it runs any more. */
export const isOver = (incident: Incident): boolean =>
  incident.status === 'resolved' || incident.status === 'closed';

/** The harm has stopped: escalation and the automatic rollback are off. */
export const isMitigated = (incident: Incident): boolean =>
  incident.status === 'monitoring' || isOver(incident);

/** The automatic rollback is still to come, be it held: to hold it or to start it now would count. */
export const isRollbackPlanned = (incident: Incident): boolean =>
  incident.automaticRollback?.outcome === 'planned' && !isMitigated(incident);

/** Its services whose rollback has not succeeded and is not under way. */
export const servicesNotRolledBack = ({ services, runs }: Incident): readonly string[] =>
  services.filter(
    (service) =>
      !runs.some((run) => run.service === service && (run.status === null || run.status === 'succeeded')),
  );

/** The first rung that nobody has been told on yet. */
export const nextRung = (incident: Incident): LadderRung | undefined =>
  incident.ladder.find((rung) => rung.reachedAt === null);

export const isLadderHeld = (incident: Incident, now: string): boolean =>
  incident.ladderHold !== null && now < incident.ladderHold.until;
