import type { Actor } from '../actor.ts';
import type { Severity } from '../severity.ts';
import type { IncidentEventPayload, IncidentRole, WorkingStatus } from './events.ts';
import type { NamedCommit } from './named-commit.ts';

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
  /** Services that it could not be started for without a person, and why. */
  readonly blocked: readonly { readonly service: string; readonly why: string; readonly at: string }[];
  /** The run that it stood down for. */
  readonly madeWayFor: string | null;
};

/** What an incident knows of one of its services: the automatic rollback is for this version and no other. */
type Deployed = {
  readonly environment: string;
  /** What was deployed when the incident was declared, or opened again. */
  readonly version: NamedCommit;
  /** Where a rollback goes from there; null where there is no release before it. */
  readonly target: NamedCommit | null;
  /** Read so late that it may have been another version at the declaration. */
  readonly late: boolean;
  /** What was found there later in its place, and where a rollback would go from there. */
  readonly moved: { readonly version: NamedCommit; readonly target: NamedCommit | null } | null;
};

/** A run that belongs to an incident; `status` once it has ended. */
export type LinkedRun = {
  readonly run: string;
  readonly service: string;
  /** null in older records. */
  readonly environment: string | null;
  readonly status: string | null;
  /** Whether its end is known to have its target running: see domain/run/proof.ts. */
  readonly proven: boolean;
  /** Whether it was at work; in older records it is not known of runs that were cancelled. */
  readonly begun: boolean;
  /** To what it took the service, by name; '' while it goes on, and in older records. */
  readonly target: string;
  readonly at: string;
  /** The paths that it took back, where it took back only some. */
  readonly paths: readonly string[];
  readonly settledAt: string | null;
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
  /** Who reported it as well, and the message that they did from. */
  readonly reports: readonly {
    readonly by: Actor;
    readonly source: IncidentEventPayload<'incident.declared'>['source'];
  }[];
  /** Incidents that whoever declared it said it to be another than. */
  readonly distinctFrom: readonly string[];
  /** When somebody last did something about it, somebody was called in, or there was news of a rollback. */
  readonly lastActivityAt: string;
  readonly acknowledged: { readonly by: Actor; readonly at: string } | null;
  readonly roles: Readonly<Record<IncidentRole, string | null>>;
  readonly rolesAskedAgain: boolean;
  readonly respondBy: string | null;
  readonly responseOverdue: boolean;
  readonly ladder: readonly LadderRung[];
  /** Since when the harm has stopped, as far as it still holds: what waits for a fix stands still meanwhile. */
  readonly mitigatedSince: string | null;
  /**
   * Since when everything that is hit is proven to be back, while nobody has said what that means for the incident.
   * The ladder stands still meanwhile, as it is since `stillSince`.
   */
  readonly rolledBack: { readonly at: string; readonly stillSince: string } | null;
  readonly ladderHold: { readonly by: Actor; readonly until: string; readonly reason: string } | null;
  /** null: no updates are due. */
  readonly updateEveryMs: number | null;
  readonly updateDueAt: string | null;
  readonly updateAsked: boolean;
  readonly lastUpdate: IncidentUpdate | null;
  /** When people last heard of it: the last update, by a person or by Walkback. */
  readonly lastToldAt: string;
  readonly stakeholders: boolean;
  readonly automaticRollback: AutomaticRollback | null;
  /** By service, as far as git could be asked. */
  readonly deployed: Readonly<Record<string, Deployed>>;
  /** The moment at which that counts: the declaration, or the last reopening. */
  readonly deployedAsOf: string;
  readonly decideBy: string | null;
  readonly decisionAsked: boolean;
  readonly runs: readonly LinkedRun[];
  readonly ownChannel: boolean;
  readonly channel: string | null;
  readonly mergedInto: string | null;
  /** Ids of those that were merged into it. */
  readonly absorbed: readonly string[];
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

/** Nobody is called in: the harm has stopped, or it is proven that everything is rolled back and somebody is asked. */
export const isLadderStill = (incident: Incident): boolean =>
  isMitigated(incident) || incident.rolledBack !== null;

/** The automatic rollback is still to come, be it held: to hold it or to start it now would count. */
export const isRollbackPlanned = (incident: Incident): boolean =>
  incident.automaticRollback?.outcome === 'planned' && !isMitigated(incident);

/** Its services whose rollback has not succeeded and is not under way. */
const servicesNotRolledBack = (incident: Incident): readonly string[] =>
  incident.services.filter(
    (service) => !runsOf(incident, service).some(({ status }) => status === null || status === 'succeeded'),
  );

/** What the automatic rollback is still for: not rolled back, and as it was at the declaration, as far as is known. */
export const servicesToRollBack = (incident: Incident): readonly string[] =>
  servicesNotRolledBack(incident).filter((service) => (incident.deployed[service]?.moved ?? null) === null);

/** INC-12 is the twelfth. */
export const numberOf = ({ id }: Pick<Incident, 'id'>): number => Number(id.replace(/\D/g, ''));

/**
 * An incident's runs of a service where it is hit, oldest first: one elsewhere, as of a drill, is none, nor is one that
 * had ended before the incident was opened again.
 */
export const runsOf = ({ runs, deployed, deployedAsOf }: Incident, service: string): readonly LinkedRun[] =>
  runs.filter((run) => {
    const hit = deployed[service]?.environment ?? null;
    const counts = run.settledAt === null || run.settledAt >= deployedAsOf;
    return (
      run.service === service &&
      counts &&
      (hit === null || run.environment === null || run.environment === hit)
    );
  });

/** The first rung that nobody has been told on yet. */
export const nextRung = (incident: Incident): LadderRung | undefined =>
  incident.ladder.find((rung) => rung.reachedAt === null);

export const isLadderHeld = (incident: Incident, now: string): boolean =>
  incident.ladderHold !== null && now < incident.ladderHold.until;
