import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startPrivateRedis } from '../../../dist/adapters/redis/private-redis.js';
import { BOT_TOKEN, SIGNING_SECRET } from './settings.mjs';
import { startProcess } from './start-process.mjs';
import { writeWorkspace } from './workspace.mjs';

const MAIN = fileURLToPath(new URL('../../../dist/bin/main.js', import.meta.url));
const SLACK_STUB = fileURLToPath(new URL('./slack-stub.mjs', import.meta.url));
const BARE_BOLT = fileURLToPath(new URL('./bare-bolt.mjs', import.meta.url));

/**
 * Runs a measurement in a world of its own: a temporary workspace, a private Redis, a Slack that answers. What the
 * measurement starts of bots, workers and bare Bolt apps, each a process, is stopped at the end.
 */
export async function withSetup(measure) {
  const folder = await mkdtemp(join(tmpdir(), 'walkback-bench-'));
  const stops = [() => rm(folder, { recursive: true, force: true })];
  try {
    const redis = await startPrivateRedis({ dataDir: join(folder, 'redis') });
    stops.push(redis.stop);
    const start = async (program) => {
      const started = await startProcess(program);
      stops.push(started.stop);
      return started;
    };
    const slack = await start({ args: [SLACK_STUB], isReady: (line) => line.startsWith('ready ') });
    const workspace = writeWorkspace(folder);
    const environment = {
      REDIS_URL: redis.url,
      SLACK_BOT_TOKEN: BOT_TOKEN,
      SLACK_SIGNING_SECRET: SIGNING_SECRET,
      SLACK_API_URL: `http://127.0.0.1:${slack.line.split(' ')[1]}/api/`,
      WALKBACK_ROOT: folder,
      NODE_ENV: 'production',
    };
    return await measure({
      environment,
      releases: workspace.releases,
      responseUrl: environment.SLACK_API_URL,
      startBare: () =>
        startListening(start, { args: [BARE_BOLT], environment, isReady: (line) => line === 'ready' }),
      startBot: () => startListening(start, { args: [MAIN, 'bot'], environment, isReady: saysReady }),
      startWorker: () => start({ args: [MAIN, 'worker'], environment, isReady: saysReady }),
    });
  } finally {
    for (const stop of stops.toReversed()) await stop();
  }
}

async function startListening(start, program) {
  const port = await freePort();
  const started = await start({ ...program, environment: { ...program.environment, PORT: String(port) } });
  return { ...started, port };
}

const saysReady = (line) => line.includes('"msg":"ready"');

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
