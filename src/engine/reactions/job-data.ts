import { z } from 'zod';
import { type FollowOn, jobs, type Keeping, type QueueName, type WorkOf } from './jobs.ts';

type AnyJob = {
  readonly data: z.ZodObject;
  readonly keep: (data: never, cause: string) => Keeping;
};
const Kind = z.looseObject({ kind: z.string() });
const kindsByQueue: { readonly [Queue in QueueName]: Readonly<Record<string, AnyJob>> } = jobs;
const QUEUES = Object.keys(jobs) as readonly QueueName[];

/** The queue that carries a piece of work. */
export function queueOf({ kind }: FollowOn): QueueName {
  const queue = QUEUES.find((name) => Object.hasOwn(kindsByQueue[name], kind));
  if (queue === undefined) throw new Error(`no queue carries ${kind}`);
  return queue;
}

/** Which jobs stand for the same work as this, and when it is to be done. */
export function keepingOf(work: FollowOn, cause: string): Keeping {
  const keep = kindsByQueue[queueOf(work)][work.kind]?.keep as (data: FollowOn, cause: string) => Keeping;
  return keep(work, cause);
}

/** Parses what a queue carries; throws for what this queue does not: a bug, or another version's. */
export function parseWork<Queue extends QueueName>(queue: Queue, raw: unknown): WorkOf<Queue> {
  const { kind, ...data } = Kind.parse(raw);
  const known = Object.hasOwn(kindsByQueue[queue], kind) ? kindsByQueue[queue][kind] : undefined;
  if (known === undefined) throw new Error(`the ${queue} queue carries no ${kind}`);
  return { kind, ...known.data.parse(data) } as WorkOf<Queue>;
}
