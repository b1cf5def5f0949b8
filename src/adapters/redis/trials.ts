import type { Redis } from 'ioredis';
import { appendArguments, defineAppend } from './append-script.ts';
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

/** A number that no run has. */
const STREAM = 'RUN-0';

/** By the very scripts and code that do it else. */
export const redisTrials: readonly Trial[] = [
  {
    what: 'run the script that appends to a history',
    run: async ({ redis, keys }) => {
      await append(redis, keys, 0);
      await append(redis, keys, 1);
      await redis.xrange(keys.stream(STREAM), '-', '+');
      await redis.hgetall(keys.lock('doctor', 'doctor'));
      await redis.zrange(keys.open('run'), 0, '-1');
      await redis.zrevrange(keys.recent('run'), 0, 1);
      await redis.zrevrange(keys.runsOf('doctor', 'doctor'), 0, 1);
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

const PLACE = { service: 'doctor', environment: 'doctor' } as const;

/** As the event store does it: takes the lock and is filed with the first append, lets go with the second. */
const append = (redis: Redis, keys: Keys, expectedVersion: 0 | 1): Promise<unknown> =>
  defineAppend(redis)(
    appendArguments(
      {
        stream: STREAM,
        expectedVersion,
        at: new Date(0).toISOString(),
        index:
          expectedVersion === 0
            ? [{ kind: 'claim', ...PLACE }, { kind: 'open' }, { kind: 'file', ...PLACE }]
            : [{ kind: 'release', ...PLACE }, { kind: 'close' }],
      },
      ['{}'],
      keys,
    ),
  );

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
