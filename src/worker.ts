import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startDriveWorker } from './adapters/bullmq/drive-worker.ts';
import { createHttpProbe } from './adapters/http/http-probe.ts';
import { createRedisChangeFeed } from './adapters/redis/change-feed.ts';
import { createRedisPresence } from './adapters/redis/presence.ts';
import { createCommandRunner } from './adapters/shell/create-command-runner.ts';
import type { Foundation, RunningPart } from './app.ts';
import type { Config } from './config.ts';
import { driveFollowOn, resumeOpenRuns } from './engine/drive/drive-follow-on.ts';
import { createHands } from './engine/drive/driving.ts';
import { createRedactor } from './engine/redact.ts';
import { createStepHandlers } from './engine/steps/handlers.ts';

const SETTLE_MS = 2_000;

/** The worker: drives runs. */
export async function start(foundation: Foundation): Promise<RunningPart> {
  const { config, keys, connect, redis, store, queues, output, git, catalog, clock, log } = foundation;
  const redact = createRedactor({ secrets: config.secrets });
  const commands = createCommandRunner({ baseEnvironment: config.childEnvironment, redact });
  const subscriber = connect();
  const changes = await createRedisChangeFeed({ subscriber, keys });
  const handlers = createStepHandlers({
    git,
    commands,
    http: createHttpProbe(),
    scratchDirectory: (run) => scratchDirectory(config, run),
  });
  const presence = createRedisPresence({ redis, keys });
  const driving = {
    store,
    clock,
    changes,
    catalog,
    git,
    commands,
    output,
    queue: queues,
    presence,
    handlers,
    settleMs: SETTLE_MS,
    log,
  };
  let stopping = false;
  const hands = createHands();
  const connection = connect();
  const worker = startDriveWorker({
    redis: connection,
    prefix: keys.prefix,
    concurrency: config.workerConcurrency,
    log,
    handle: (work, job) => driveFollowOn(driving, work, { driver: job, stopping: () => stopping, hands }),
  });
  await resumeOpenRuns(driving);
  return {
    held: hands.held,
    abandon: hands.abandon,
    stop: async () => {
      stopping = true;
      await worker.close();
      subscriber.disconnect();
      connection.disconnect();
    },
  };
}

function scratchDirectory(config: Config, run: string): string {
  const directory = join(config.data, 'runs', run);
  mkdirSync(directory, { recursive: true });
  return directory;
}
