import type { Actor } from '../../domain/actor.ts';
import type { DomainEvent } from '../../domain/events.ts';
import type { IncidentEventBody } from '../../domain/incident/events.ts';
import type { RunEventBody } from '../../domain/run/events.ts';

/** Who holds a service and environment: the run, since when (ISO), and its fencing number. */
export type ServiceLock = { readonly run: string; readonly since: string; readonly fence: number };

/** Changes to indexes that belong to the same append. */
export type IndexChange =
  /** Take the one-at-a-time lock; the append fails with `lock-held` when another run has it. */
  | { readonly kind: 'claim'; readonly service: string; readonly environment: string }
  | { readonly kind: 'release'; readonly service: string; readonly environment: string }
  | { readonly kind: 'open' }
  | { readonly kind: 'close' };

export type AppendRequest = {
  readonly stream: string;
  /** Version of the state that was decided on; 0 for a new stream. */
  readonly expectedVersion: number;
  readonly at: string;
  readonly actor: Actor;
  readonly events: readonly (RunEventBody | IncidentEventBody)[];
  readonly index: readonly IndexChange[];
};

export type AppendResult =
  | { readonly kind: 'appended'; readonly events: readonly DomainEvent[] }
  /** Somebody else appended first: decide again on fresh state. */
  | { readonly kind: 'conflict' }
  | { readonly kind: 'lock-held'; readonly lock: ServiceLock };

/** Streams of events, appended atomically together with the outbox and the indexes. */
export type EventStore = {
  readonly append: (request: AppendRequest) => Promise<AppendResult>;
  /** Events of a stream after a version, in order; an empty list for an unknown stream. */
  readonly read: (stream: string, afterVersion?: number) => Promise<readonly DomainEvent[]>;
  /** Next id of a kind, such as RUN-31 or INC-12. Never given twice. */
  readonly nextId: (kind: 'RUN' | 'INC') => Promise<string>;
  /** Runs that have not ended, oldest first. */
  readonly openRuns: () => Promise<readonly string[]>;
  /** The newest runs, ended or not, newest first. */
  readonly recentRuns: (limit: number) => Promise<readonly string[]>;
  /** Incidents that are not closed, oldest first. */
  readonly openIncidents: () => Promise<readonly string[]>;
  /** The newest incidents, closed or not, newest first. */
  readonly recentIncidents: (limit: number) => Promise<readonly string[]>;
  readonly lockOf: (service: string, environment: string) => Promise<ServiceLock | undefined>;
};

/** Tells, best effort and at once, that a stream has grown. What it says is always checked against the store. */
export type ChangeFeed = {
  /** Calls back for every append to the stream until the returned function is called. */
  readonly watch: (stream: string, onChange: () => void) => () => void;
};
