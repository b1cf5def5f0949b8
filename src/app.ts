import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startDeliveryWorker } from './adapters/bullmq/delivery-worker.ts';
import { type RunningWorker, startDriveWorker } from './adapters/bullmq/drive-worker.ts';
import { createQueues } from './adapters/bullmq/queues.ts';
import { createGit } from './adapters/git/create-git.ts';
import { createHttpProbe } from './adapters/http/http-probe.ts';
import { createCatalog } from './adapters/playbooks/create-catalog.ts';
import { createRedisChangeFeed } from './adapters/redis/change-feed.ts';
import { connectRedis } from './adapters/redis/connect.ts';
import { createRedisEventStore } from './adapters/redis/event-store.ts';
import { createKeys } from './adapters/redis/keys.ts';
import { createRedisMessageRefs } from './adapters/redis/message-refs.ts';
import { consumeOutbox } from './adapters/redis/outbox.ts';
import { createRedisSeenOnce } from './adapters/redis/seen-once.ts';
import { createRedisStepOutput } from './adapters/redis/step-output.ts';
import { createCommandRunner } from './adapters/shell/create-command-runner.ts';
import { createTemplates } from './adapters/templates/create-templates.ts';
import type { Config, SlackConfig } from './config.ts';
import { driveFollowOn, resumeOpenRuns } from './engine/drive-follow-on.ts';
import type { Clock } from './engine/ports/clock.ts';
import type { Log } from './engine/ports/log.ts';
import { reactTo } from './engine/reactions.ts';
import { createRedactor } from './engine/redact.ts';
import { createGitStep } from './engine/steps/git-step.ts';
import { createHttpStep } from './engine/steps/http-step.ts';
import { createRunStep } from './engine/steps/run-step.ts';
import { registerListeners } from './listeners/register-listeners.ts';
import { createFollowOnDelivery } from './slack/deliver-follow-on.ts';
import { createSlackClients } from './slack/delivery/slack-clients.ts';
import { createSlackDelivery } from './slack/delivery/slack-delivery.ts';
import { createSlackApp } from './slack/slack-app.ts';

export type RunningPart = {
  /** Stops taking work, finishes what is in hand, loses nothing. */
  readonly stop: () => Promise<void>;
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
  const git = createGit({ mirrors: join(config.data, 'mirrors'), environment: config.childEnvironment });
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

/** The worker: drives runs. */
export async function startWorker(foundation: Foundation): Promise<RunningPart> {
  const { config, keys, connect, store, queues, output, git, catalog, clock, log } = foundation;
  const redact = createRedactor({ secrets: config.secrets });
  const commands = createCommandRunner({ baseEnvironment: config.childEnvironment, redact });
  const subscriber = connect();
  const changes = await createRedisChangeFeed({ subscriber, keys });
  const handlers = {
    git: createGitStep({ git, catalog }),
    run: createRunStep({ commands, scratchDirectory: (run) => scratchDirectory(config, run) }),
    http: createHttpStep({ http: createHttpProbe() }),
  };
  const driving = { store, clock, changes, catalog, git, commands, output, queue: queues, handlers, log };
  let stopping = false;
  const connection = connect();
  const worker = startDriveWorker({
    redis: connection,
    prefix: keys.prefix,
    concurrency: config.workerConcurrency,
    log,
    handle: (work, job) => driveFollowOn(driving, work, { driver: job, stopping: () => stopping }),
  });
  await resumeOpenRuns(driving);
  return {
    stop: async () => {
      stopping = true;
      await worker.close();
      subscriber.disconnect();
      connection.disconnect();
    },
  };
}

/** The bot: hears from Slack and tells it everything. */
export async function startBot(foundation: Foundation, slack: SlackConfig): Promise<RunningPart> {
  const { config, keys, connect, redis, store, output, git, catalog, clock, log } = foundation;
  const { render } = await createTemplates({ root: config.root });
  const clients = createSlackClients({ token: slack.botToken, apiUrl: slack.apiUrl, log });
  const app = await createSlackApp({ slack, log });
  const { team_id } = await clients.messages.auth.test();
  const messages = createRedisMessageRefs({ redis, keys });
  const delivery = createSlackDelivery({ client: clients.messages, messages, log, now: clock.now });
  const listening = {
    store,
    clock,
    git,
    catalog,
    output,
    seen: createRedisSeenOnce({ redis, keys }),
    log,
    client: clients.messages,
    viewClient: clients.views,
    teamId: team_id ?? '',
  };
  const listeners = registerListeners(app, listening);
  await app.start();
  const connection = connect();
  const worker: RunningWorker = startDeliveryWorker({
    redis: connection,
    prefix: keys.prefix,
    log,
    deliver: createFollowOnDelivery({ store, catalog, clock, output, delivery, render }),
  });
  return {
    stop: async () => {
      await app.stop();
      await listeners.drained();
      await worker.close();
      connection.disconnect();
    },
  };
}

async function scratchDirectory(config: Config, run: string): Promise<string> {
  const directory = join(config.data, 'runs', run);
  await mkdir(directory, { recursive: true });
  return directory;
}
