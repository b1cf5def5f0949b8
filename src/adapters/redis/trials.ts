import type { Redis } from 'ioredis';
import { defineAppend } from './append-script.ts';
import { createRedisChangeFeed } from './change-feed.ts';
import type { Keys } from './keys.ts';
import { createRedisMessageRefs } from './message-refs.ts';
import { createRedisPresence } from './presence.ts';
import { createRedisSeenOnce } from './seen-once.ts';
import { createRedisStepOutput } from './step-output.ts';

/** Something that Walkback does in Redis all the time, done once among keys for a trial. Throws where it can't be. */
export type Trial = {
  /** "append to a history": what a user of Redis may or may not do. */
  readonly what: string;
  readonly run: (scratch: {
    readonly redis: Redis;
    /** Another connection, for what blocks or listens; whoever tries lets go of it. */
    readonly connect: () => Redis;
    readonly keys: Keys;
    readonly signal: AbortSignal;
  }) => Promise<void>;
};

const STREAM = 'DOCTOR-1';

/** By the very scripts and code that do it else. */
export const redisTrials: readonly Trial[] = [
  {
    what: 'run the script that appends to a history',
    run: async ({ redis, keys }) => {
      await append(redis, keys, { version: 0, claims: true });
      await append(redis, keys, { version: 1, claims: false });
      await redis.xrange(keys.stream(STREAM), '-', '+');
      await redis.hgetall(keys.lock('doctor', 'doctor'));
      await redis.zrange(keys.open('run'), 0, '-1');
      await redis.zrevrange(keys.recent('run'), 0, 1);
      await redis.incr(keys.counter('DOCTOR'));
    },
  },
  {
    what: 'read the outbox: streams in groups, waiting for what comes',
    run: async ({ redis, connect, keys }) => {
      await redis.xgroup('CREATE', keys.outbox, 'doctor', '0', 'MKSTREAM');
      await redis.xautoclaim(keys.outbox, 'doctor', 'doctor', 1_000, '0', 'COUNT', 1);
      await using(connect(), (blocking) =>
        blocking.xreadgroup('GROUP', 'doctor', 'me', 'COUNT', 1, 'BLOCK', 1, 'STREAMS', keys.outbox, '>'),
      );
      const results = await redis.multi().xack(keys.outbox, 'doctor', '1-0').xdel(keys.outbox, '1-0').exec();
      for (const [error] of results ?? []) if (error !== null) throw error;
    },
  },
  {
    what: 'hear of changes: subscribe to the channel and publish',
    run: async ({ redis, connect, keys, signal }) => {
      await using(connect(), async (subscriber) => {
        const feed = await createRedisChangeFeed({ subscriber, keys });
        const heard = new Promise<void>((resolve, reject) => {
          feed.watch(STREAM, resolve);
          signal.addEventListener('abort', () => reject(new Error('what was published did not come')));
        });
        await Promise.all([heard, redis.publish(keys.changes, STREAM)]);
      });
    },
  },
  {
    what: 'keep what it knows: texts and hashes that expire',
    run: async ({ redis, keys }) => {
      const messages = createRedisMessageRefs({ redis, keys });
      await messages.markPosting('doctor', Date.now());
      await messages.set('doctor', { channel: 'C1', ts: '1', contentDigest: '' });
      await messages.get('doctor');
      await messages.forget('doctor');
      await createRedisSeenOnce({ redis, keys }).isFirst('doctor');
      const output = createRedisStepOutput({ redis, keys });
      await output.append(STEP, 'text');
      await output.tail(STEP, 1);
      await createRedisPresence({ redis, keys }).during('doctor', async () => undefined);
    },
  },
];

const STEP = { run: STREAM, step: 'doctor', attempt: 1 } as const;

/** All that the trials leave, except what a queue keeps. */
export const leftByTrials = (keys: Keys): readonly string[] => [
  keys.stream(STREAM),
  keys.outbox,
  keys.open('run'),
  keys.recent('run'),
  keys.fence,
  keys.lock('doctor', 'doctor'),
  keys.runsOf('doctor', 'doctor'),
  keys.counter('DOCTOR'),
  keys.message('doctor'),
  keys.seen('doctor'),
  keys.output(STEP.run, STEP.step, STEP.attempt),
];

/** As the event store does it: takes the lock with the first append, and frees it with the second. */
async function append(
  redis: Redis,
  keys: Keys,
  { version, claims }: { readonly version: number; readonly claims: boolean },
): Promise<void> {
  const names = [
    keys.stream(STREAM),
    keys.outbox,
    keys.open('run'),
    keys.recent('run'),
    keys.fence,
    keys.lock('doctor', 'doctor'),
  ];
  const [begins, ends] = claims ? (['1', ''] as const) : (['', '1'] as const);
  const flags = [begins, ends, begins, ends];
  const at = new Date(0).toISOString();
  await defineAppend(redis)([
    ...names,
    String(version),
    STREAM,
    at,
    keys.changes,
    ...flags,
    'doctor',
    begins,
    '{}',
  ]);
}

async function using<Result>(
  connection: Redis,
  work: (connection: Redis) => Promise<Result>,
): Promise<Result> {
  try {
    return await work(connection);
  } finally {
    connection.disconnect();
  }
}
