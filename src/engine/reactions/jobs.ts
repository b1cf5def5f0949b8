import { z } from 'zod';
import { IncidentNoticeName, RunNoticeName } from './notices.ts';

/** Which jobs of a kind stand for the same work, and when it is to be done. */
export type Keeping =
  /** While one is active, any number of new ones become the single next one; `at` (ISO) not before then. */
  | { readonly kind: 'latest'; readonly of: string; readonly at?: string }
  /** Once, however often it is added; `at` (ISO) not before then. */
  | { readonly kind: 'once'; readonly id: string; readonly at?: string }
  /** Set for a time (ISO): however often, it is one, until it has gone off. */
  | { readonly kind: 'timer'; readonly of: string; readonly at: string };

type Job<Shape extends z.ZodRawShape> = {
  readonly data: z.ZodObject<Shape, z.core.$strict>;
  /** `cause` is the id of the event that led to it. */
  readonly keep: (data: z.infer<z.ZodObject<Shape>>, cause: string) => Keeping;
};

const job = <Shape extends z.ZodRawShape>(shape: Shape, keep: Job<Shape>['keep']): Job<Shape> => ({
  data: z.strictObject(shape),
  keep,
});

const once = (_: unknown, cause: string): Keeping => ({ kind: 'once', id: cause });

const run = z.string();
const incident = z.string();
const event = z.string();
const at = z.iso.datetime();

/** Every kind of work that follows from an event, by the queue that carries it: its data, as JSON, and how it is kept. */
export const jobs = {
  /** Done by workers. */
  drive: {
    /** Drive a run on: execute its next steps. */
    drive: job({ run }, ({ run: of }) => ({ kind: 'latest', of })),
    /** Drive a run on at a time: a waiting step is over. */
    wake: job({ run, at }, (work, id) => ({ kind: 'once', id, at: work.at })),
    /** Expire the approval of a plan at a time. */
    expire: job({ run, digest: z.string(), at }, (work, id) => ({ kind: 'once', id, at: work.at })),
  },
  /** Done by bots, before people's eyes. */
  delivery: {
    /** Bring a run's card up to the present state: posted once, then edited. */
    card: job({ card: z.enum(['approval', 'run', 'stakeholders']), run }, (work) => ({
      kind: 'latest',
      of: `${work.card}-${work.run}`,
    })),
    /** Post a message exactly once; `event` is the id of the event that it tells of. */
    notice: job({ notice: RunNoticeName, run, event }, ({ notice }, cause) => ({
      kind: 'once',
      id: `${notice}-${cause}`,
    })),
    /** Put a failed step's whole output into the thread as a file. */
    'output-file': job({ run, event, step: z.string(), attempt: z.number().int() }, once),
    /** Ask those who may approve directly, and bring what they were asked before up to the present state. */
    'approval-asks': job({ run }, (work) => ({ kind: 'latest', of: work.run })),
    /** Tell who asked for a run and who approved it, directly, how it ended. */
    'run-over': job({ run, event }, once),
    'incident-card': job({ incident }, (work) => ({ kind: 'latest', of: work.incident })),
    /** The same for the one post that stakeholders have of an incident. */
    'stakeholder-post': job({ incident }, (work) => ({ kind: 'latest', of: work.incident })),
    'incident-notice': job({ notice: IncidentNoticeName, incident, event }, ({ notice }, cause) => ({
      kind: 'once',
      id: `${notice}-${cause}`,
    })),
  },
  /** Done by bots, in no line behind runs or messages. */
  incident: {
    /** Do what time has brought about for an incident, at a time or, without one, now. */
    'incident-due': job({ incident, at: at.nullable() }, (work, id) =>
      work.at === null ? { kind: 'once', id } : { kind: 'timer', of: work.incident, at: work.at },
    ),
    /** Start the rollbacks that an incident's policy or a person triggered. */
    'trigger-rollback': job({ incident, event }, once),
    /**
     * Have an incident know what is deployed of its services; with `warn`, the id of an event, tell of the rollback
     * that is coming, once that is known. `tries` counts how often git could not be asked.
     */
    'look-at-deployed': job(
      { incident, warn: event.nullable(), tries: z.number().int(), at: at.nullable() },
      (work) => ({
        ...{ kind: 'latest', of: `${work.incident}-${work.warn ?? ''}-${work.tries}` },
        ...(work.at === null ? {} : { at: work.at }),
      }),
    ),
    /** Have runs that were asked for before an incident was declared belong to it. */
    'adopt-runs': job({ incident }, once),
    /** Have a run's incident know how the run stands. */
    'tell-incident': job({ run }, once),
    /** Have an incident's runs that have not begun follow its severity, or its end. */
    'restate-runs': job({ incident }, once),
    /** Have the incident that another was merged into know of it. */
    'absorb-incident': job({ incident, into: incident }, once),
    /** See, at a start, whether an incident that is to have a channel of its own has none. */
    'missing-channel': job({ incident }, once),
    /**
     * Give an incident a channel of its own, one at a time, or there would be two; with a `role` that was called in, or a
     * `user` who reported it as well, have them join the channel that is there. `tries` counts how often the card was
     * waited for.
     */
    channel: job(
      {
        incident,
        role: z.string().nullable(),
        user: z.string().optional(),
        tries: z.number().int(),
        at: at.nullable(),
      },
      (work) => ({
        ...{ kind: 'latest', of: `${work.incident}-${work.role ?? work.user ?? ''}-${work.tries}` },
        ...(work.at === null ? {} : { at: work.at }),
      }),
    ),
  },
} as const;

type Jobs = typeof jobs;
export type QueueName = keyof Jobs;

type DataOf<Of> = Of extends { readonly data: infer Data extends z.ZodType }
  ? Readonly<z.infer<Data>>
  : never;
type Named<Kinds> = { [Kind in keyof Kinds]: { readonly kind: Kind } & DataOf<Kinds[Kind]> }[keyof Kinds];

/** The work that a queue carries; another's is a compile error. */
export type WorkOf<Queue extends QueueName> = Queue extends QueueName ? Named<Jobs[Queue]> : never;

/** Work that follows from an event, as data: what engine/reactions/reactions.ts says and the queues carry. */
export type FollowOn = WorkOf<QueueName>;

/** Someone for each kind of work of a queue. */
export type Workers<Queue extends QueueName, Result = void> = {
  readonly [Kind in WorkOf<Queue>['kind']]: (
    work: Extract<WorkOf<Queue>, { readonly kind: Kind }>,
  ) => Promise<Result>;
};

/** Has the one do a piece of work whose kind it is. */
export function doWork<Queue extends QueueName, Result>(
  workers: Workers<Queue, Result>,
  work: WorkOf<Queue>,
): Promise<Result> {
  // By its own kind, so that the one gets what it expects, which the compiler can't see.
  const worker = workers[work.kind as WorkOf<Queue>['kind']] as (work: WorkOf<Queue>) => Promise<Result>;
  return worker(work);
}
