import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createQueues } from './adapters/bullmq/queues.ts';
import { createGit } from './adapters/git/create-git.ts';
import { createCatalog } from './adapters/playbooks/create-catalog.ts';
import { connectRedis } from './adapters/redis/connect.ts';
import { createRedisEventStore } from './adapters/redis/event-store.ts';
import { createKeys } from './adapters/redis/keys.ts';
import { consumeOutbox } from './adapters/redis/outbox.ts';
import { createRedisStepOutput } from './adapters/redis/step-output.ts';
import type { Config } from './config.ts';
import type { Clock } from './engine/ports/clock.ts';
import type { Log } from './engine/ports/log.ts';
import { reactTo } from './engine/reactions/reactions.ts';

export type RunningPart = {
  /** Stops taking work, finishes what is in hand, loses nothing. */
  readonly stop: () => Promise<void>;
  /** What its stop waits for, as people know it. */
  readonly held?: () => readonly string[];
  /** Ends what its stop waits for, as a crash would but for its processes, which are ended too. */
  readonly abandon?: () => void;
};

/** The parts that every process has: Redis, the event store, the queues, git, files. */
export type Foundation = Awaited<ReturnType<typeof createFoundation>>;

export async function createFoundation({
  config,
  redisUrl,
  log,
  clock,
}: {
  readonly config: Config;
  readonly redisUrl: string;
  readonly log: Log;
  readonly clock: Clock;
}) {
  const keys = createKeys(config.namespace);
  const connect = () => connectRedis({ url: redisUrl, log });
  const redis = connect();
  const store = createRedisEventStore({ redis, keys });
  const queues = await createQueues({ redis, prefix: keys.prefix });
  const output = createRedisStepOutput({ redis, keys });
  const git = createGit({ mirrors: join(config.data, 'mirrors'), environment: config.gitEnvironment, log });
  const catalog = createCatalog({ root: config.root });
  const close = async (): Promise<void> => {
    await queues.close();
    redis.disconnect();
  };
  return { config, log, clock, keys, connect, redis, store, queues, output, git, catalog, close };
}

/** Reads the outbox and puts follow-on work on the queues. Every process shares in it. */
export function startReactions({ connect, redis, keys, queues, log }: Foundation): RunningPart {
  return consumeOutbox({
    blocking: connect(),
    redis,
    keys,
    consumer: randomUUID(),
    log,
    handle: async (event) => {
      for (const work of reactTo(event)) await queues.add(work, event.id);
    },
  });
}
