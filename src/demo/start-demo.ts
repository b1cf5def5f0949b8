import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startPrivateRedis } from '../adapters/redis/private-redis.ts';
import { readState, writeState } from './demo-state.ts';
import { findFreePort } from './free-port.ts';
import { stopLeftovers } from './leftovers.ts';
import { startLocalSlack } from './local-slack.ts';
import { createSampleService, type SampleService } from './sample-service/sample-service.ts';
import { demoApp, demoWorkspace } from './slack-workspace.ts';
import { startProcess } from './start-process.ts';
import { writeWorkspace } from './write-workspace.ts';

const SLACK_PORT = 3000;
const SHOP_PORT = 8080;

export type Demo = {
  readonly slackUrl: string;
  readonly shop: SampleService;
  readonly logs: { readonly bot: string; readonly shop: string };
  /** Resolves, saying what ended and how, when a part of the demo ends that shouldn't. */
  readonly broken: Promise<string>;
  /** Stops everything that was started, in order: bot, shop, Slack, Redis. */
  readonly stop: () => Promise<void>;
};

type Part = { readonly name: string; readonly stop: () => Promise<void> };

/**
 * Starts the demo's parts below `directory`, going on with what is there: a private Redis, a local Slack, the shop,
 * and `program` (dist/main.js) as bot and worker. Throws when one doesn't start, after stopping those that did.
 */
export async function startDemo({
  directory,
  program,
  say,
}: {
  readonly directory: string;
  readonly program: string;
  readonly say: (line: string) => void;
}): Promise<Demo> {
  const parts: Part[] = [];
  const stop = async (): Promise<void> => {
    for (const part of parts.splice(0).toReversed()) await part.stop();
  };
  try {
    return { ...(await startParts({ directory, program, say, parts })), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts({
  directory,
  program,
  say,
  parts,
}: {
  readonly directory: string;
  readonly program: string;
  readonly say: (line: string) => void;
  readonly parts: Part[];
}): Promise<Omit<Demo, 'stop'>> {
  await mkdir(directory, { recursive: true });
  await stopLeftovers(directory);
  const before = await readState(directory);
  const begin = <Started extends { readonly stop: () => Promise<void> }>(name: string, started: Started): Started => {
    parts.push({ name, stop: started.stop });
    return started;
  };

  say('Redis: starting a private one');
  const redis = begin('Redis', await startPrivateRedis({ dataDir: join(directory, 'redis') }));

  const slackPort = await findFreePort(before?.slackPort ?? SLACK_PORT);
  say(`Slack: starting a local one on port ${slackPort}`);
  const workspace = { configDir: join(directory, 'slack'), port: slackPort, workspace: demoWorkspace };
  const slack = begin('the local Slack', await startLocalSlack(workspace));

  const shopPort = await findFreePort(before?.shopPort ?? SHOP_PORT, [slackPort]);
  say(`Shop: starting it on port ${shopPort}, from a git repository with five releases`);
  const shop = begin('the shop', await createSampleService({ directory: join(directory, 'shop'), port: shopPort }));
  await shop.restart();
  await writeWorkspace(directory, shop);

  say('Walkback: starting bot and worker');
  const botLog = join(directory, 'walkback.log');
  const environment = {
    SLACK_BOT_TOKEN: demoApp.botToken,
    SLACK_APP_TOKEN: demoApp.appToken,
    SLACK_SIGNING_SECRET: '',
    SLACK_API_URL: slack.apiUrl,
    REDIS_URL: redis.url,
    WALKBACK_ROOT: directory,
    WALKBACK_DATA: join(directory, 'data'),
    WALKBACK_NAMESPACE: 'demo',
  };
  const bot = begin(
    'Walkback',
    await startProcess({
      name: 'Walkback',
      program: process.execPath,
      parameters: ['--enable-source-maps', program, 'start'],
      environment,
      logFile: botLog,
      isReady: (line) => /"msg":"ready"/.test(line),
      readyWithin: 30_000,
      grace: 5_000,
    }),
  );
  await writeState(directory, {
    ...{ pid: process.pid, slackPort, shopPort },
    children: [
      { pid: slack.pid, mark: workspace.configDir },
      { pid: bot.pid, mark: program },
    ],
  });
  return {
    slackUrl: slack.url,
    shop,
    logs: { bot: botLog, shop: shop.logFile },
    broken: Promise.race([
      bot.ended.then((how) => `Walkback itself ended (${how}); see ${botLog}`),
      slack.ended.then((how) => `the local Slack ended (${how}); see ${join(workspace.configDir, 'local-slack.log')}`),
      redis.untilEnded().then(() => `the private Redis ended; see ${join(directory, 'redis', 'redis.log')}`),
    ]),
  };
}
