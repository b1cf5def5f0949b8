import type { Actor } from '../../domain/actor.ts';
import type { AggregateName, DomainEvent, DomainEventBody } from '../../domain/events.ts';

/** Who holds a service and environment: the run, since when (ISO), and its fencing number. */
export type ServiceLock = { readonly run: string; readonly since: string; readonly fence: number };

/** Changes to indexes that belong to the same append. */
export type IndexChange =
  /** Take the one-at-a-time lock; the append fails with `lock-held` when another run has it. */
  | { readonly kind: 'claim'; readonly service: string; readonly environment: string }
  | { readonly kind: 'release'; readonly service: string; readonly environment: string }
  /** List the new run under its service and environment. */
  | { readonly kind: 'file'; readonly service: string; readonly environment: string }
  | { readonly kind: 'open' }
  | { readonly kind: 'close' };

export type AppendRequest = {
  readonly stream: string;
  /** Version of the state that was decided on; 0 for a new stream. */
  readonly expectedVersion: number;
  readonly at: string;
  readonly actor: Actor;
  readonly events: readonly DomainEventBody[];
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
  /** Next id, such as RUN-31 or INC-12. Never given twice. */
  readonly nextId: (aggregate: AggregateName) => Promise<string>;
  /** Ids of runs that have not ended, or of incidents that are not closed, oldest first. */
  readonly open: (aggregate: AggregateName) => Promise<readonly string[]>;
  /** The newest ids, ended or not, newest first. */
  readonly recent: (aggregate: AggregateName, limit: number) => Promise<readonly string[]>;
  /** Ids of the newest runs of a service and environment, ended or not, newest first. */
  readonly runsOf: (service: string, environment: string, limit: number) => Promise<readonly string[]>;
  readonly lockOf: (service: string, environment: string) => Promise<ServiceLock | undefined>;
};

/** Tells, best effort and at once, that a stream has grown. What it says is always checked against the store. */
export type ChangeFeed = {
  /** Calls back for every append to the stream until the returned function is called. */
  readonly watch: (stream: string, onChange: () => void) => () => void;
};
