import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { createLog } from '../adapters/log/create-log.ts';
import { connectRedis } from '../adapters/redis/connect.ts';
import { createKeys } from '../adapters/redis/keys.ts';
import { forgetMessages } from '../adapters/redis/message-refs.ts';
import { startPrivateRedis } from '../adapters/redis/private-redis.ts';
import { markProcess } from '../adapters/shell/process-mark.ts';
import { type DemoState, readState, writeState } from './demo-state.ts';
import { findFreePort } from './free-port.ts';
import { startLocalSlack } from './local-slack.ts';
import { createSampleService, type SampleService, stopShop } from './sample-service/sample-service.ts';
import { demoApp, demoWorkspace } from './slack-workspace.ts';
import { type StartedProcess, startProcess } from './start-process.ts';
import { writeWorkspace } from './write-workspace.ts';

const SLACK_PORT = 3000;
const SHOP_PORT = 8080;
const NAMESPACE = 'demo';

export type Demo = {
  readonly slackUrl: string;
  readonly shop: SampleService;
  readonly logs: { readonly bot: string; readonly shop: string };
  /** Resolves, saying what ended and how, when a part of the demo ends that shouldn't. */
  readonly broken: Promise<string>;
  /** Stops everything that was started, in order: bot, shop, Slack, Redis. */
  readonly stop: () => Promise<void>;
  /** Has a stop wait for nothing: the step in hand is ended. */
  readonly hurry: () => void;
};

type Setting = {
  /** Absolute: where everything of this demo is. */
  readonly directory: string;
  /** Absolute: dist/bin/main.js. */
  readonly program: string;
  readonly say: (line: string) => void;
};

type Part = { readonly stop: () => Promise<void> };

/**
 * Starts the demo's parts, going on with what is in its directory: a private Redis, a local Slack, the shop, and
 * Walkback as bot and worker. Throws when one doesn't start, after stopping those that did.
 */
export async function startDemo(setting: Setting): Promise<Demo> {
  const parts: Part[] = [];
  const stop = async (): Promise<void> => {
    const results: PromiseSettledResult<void>[] = [];
    for (const part of parts.splice(0).toReversed())
      results.push(...(await Promise.allSettled([part.stop()])));
    const failed = results.filter((result) => result.status === 'rejected').map(({ reason }) => reason);
    if (failed.length > 0) throw new AggregateError(failed, `could not stop: ${failed.join('; ')}`);
  };
  try {
    return { ...(await startParts(setting, parts)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts({ directory, program, say }: Setting, parts: Part[]): Promise<Omit<Demo, 'stop'>> {
  await mkdir(directory, { recursive: true });
  // One that was killed leaves its shop behind, on the port we want.
  await stopShop(join(directory, 'shop'));
  const before = await readState(directory);
  const slackPort = await findFreePort(before?.slackPort ?? SLACK_PORT);
  const shopPort = await findFreePort(before?.shopPort ?? SHOP_PORT, [slackPort]);
  const beside: StartedProcess[] = [];
  const note = async (...started: StartedProcess[]): Promise<void> => {
    beside.push(...started);
    await writeState(directory, { ...(await marksOf(beside)), slackPort, shopPort });
  };
  await note();

  say('Redis: starting a private one');
  const redis = await startPrivateRedis({ dataDir: join(directory, 'redis') });
  parts.push(redis);

  say(`Slack: starting a local one on port ${slackPort}`);
  const configDir = join(directory, 'slack');
  const slack = await startLocalSlack({ configDir, port: slackPort, workspace: demoWorkspace });
  parts.push(slack);
  await note(slack);

  say(`Shop: starting it on port ${shopPort}, from a git repository with five releases`);
  const shop = await createSampleService({ directory: join(directory, 'shop'), port: shopPort });
  parts.push(shop);
  await shop.restart();
  await writeWorkspace(directory, shop);

  await forgetEarlierMessages(redis.url);
  say('Walkback: starting bot and worker');
  const logFile = join(directory, 'walkback.log');
  const environment = settings({ directory, slackApi: slack.apiUrl, redisUrl: redis.url });
  const bot = await startBot({ program, environment, logFile, say });
  parts.push(bot);
  await note(bot);
  return {
    slackUrl: slack.url,
    shop,
    hurry: bot.hurry,
    logs: { bot: logFile, shop: shop.logFile },
    broken: Promise.race([
      bot.ended.then((how) => `Walkback itself ended (${how}); see ${logFile}`),
      slack.ended.then((how) => `the local Slack ended (${how}); see ${join(configDir, 'local-slack.log')}`),
      redis.untilEnded().then(() => `the private Redis ended; see ${join(directory, 'redis', 'redis.log')}`),
    ]),
  };
}

/** Who runs the demo, and what beside it. */
async function marksOf(
  beside: readonly StartedProcess[],
): Promise<Omit<DemoState, 'slackPort' | 'shopPort'>> {
  const mark = async (pid: number) => ({ pid, startedAt: (await markProcess(pid)).startedAt });
  return { ...(await mark(process.pid)), parts: await Promise.all(beside.map(({ pid }) => mark(pid))) };
}

/** The local Slack keeps nothing, so what was posted to the one before is gone: open cards are posted anew. */
async function forgetEarlierMessages(redisUrl: string): Promise<void> {
  const redis = connectRedis({ url: redisUrl, log: createLog({ level: 'silent', redact: (text) => text }) });
  await forgetMessages({ redis, keys: createKeys(NAMESPACE) });
  redis.disconnect();
}

const startBot = ({
  program,
  environment,
  logFile,
  say,
}: {
  readonly program: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly logFile: string;
  readonly say: (line: string) => void;
}): Promise<StartedProcess> =>
  startProcess({
    name: 'Walkback',
    program: process.execPath,
    parameters: ['--enable-source-maps', program, 'start'],
    environment,
    logFile,
    isReady: (line) => line.includes('"msg":"ready"'),
    readyWithin: 30_000,
    onLine: (line) => {
      const held = waitsFor(line);
      if (held.length > 0) say(`Waiting for ${held.join(' and ')} to end; Ctrl-C once more ends it at once`);
    },
  });

const Stopping = z.object({ msg: z.string().startsWith('stopping: '), held: z.array(z.string()) });

/** The steps that Walkback says it finishes before it stops. */
function waitsFor(line: string): readonly string[] {
  if (!line.includes('"msg":"stopping: finishing')) return [];
  return Stopping.safeParse(JSON.parse(line)).data?.held ?? [];
}

/** Walkback's settings; those that a person's own environment may hold are overruled. */
const settings = ({
  directory,
  slackApi,
  redisUrl,
}: {
  readonly directory: string;
  readonly slackApi: string;
  readonly redisUrl: string;
}): Readonly<Record<string, string>> => ({
  SLACK_BOT_TOKEN: demoApp.botToken,
  SLACK_APP_TOKEN: demoApp.appToken,
  SLACK_SIGNING_SECRET: '',
  SLACK_API_URL: slackApi,
  REDIS_URL: redisUrl,
  WALKBACK_ROOT: directory,
  WALKBACK_DATA: join(directory, 'data'),
  WALKBACK_NAMESPACE: NAMESPACE,
  LOG_LEVEL: 'info',
});
