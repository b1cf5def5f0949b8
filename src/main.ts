#!/usr/bin/env node
import { join } from 'node:path';
import { Argument, Command } from 'commander';
import { readVersion } from './adapters/files/package-file.ts';
import { createLog } from './adapters/log/create-log.ts';
import { checkConfiguration } from './adapters/playbooks/check-configuration.ts';
import { startPrivateRedis } from './adapters/redis/private-redis.ts';
import { createFoundation, type Foundation, type RunningPart, startReactions } from './app.ts';
import { inSentences } from './cli/in-sentences.ts';
import { validate } from './cli/validate.ts';
import { type Config, environment, findRoot, findSettings, type Role, readConfig } from './config.ts';
import { ConfigurationBroken } from './domain/problem/configuration-broken.ts';
import type { Templates } from './engine/ports/templates.ts';
import { createRedactor } from './engine/redact.ts';
import { drawMrkdwn } from './slack/kit/mrkdwn.ts';
import { endAtOnceWhenAsked, stopSignal } from './stop-signal.ts';

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** With the templates, as Slack is told them. */
const checkAll = ({ root }: { readonly root: string }) => checkConfiguration({ root, draw: drawMrkdwn });

const program = inSentences(new Command('walkback'))
  .description('Gets production back to its last known good state from Slack')
  .version(readVersion(), '-v, --version', 'print the version');
program
  .command('start')
  .description('run everything in one process: bot and worker')
  .action(() => serve(['bot', 'worker']));
program
  .command('bot')
  .description('run the bot alone: what hears from Slack and tells it')
  .action(() => serve(['bot']));
program
  .command('worker')
  .description('run a worker alone: what carries rollbacks out')
  .action(() => serve(['worker']));
program
  .command('validate')
  .description('check walkback.yml, playbooks and templates; needs neither Redis nor Slack')
  .argument('[folder]', 'where walkback.yml is; left out, WALKBACK_ROOT or the current folder')
  .action(async (named?: string) => {
    const root = findRoot(environment(), { named });
    process.exitCode = await validate({ root, check: checkAll, print });
  });
program
  .command('doctor')
  .description('check a live set-up: Redis, Slack, channels, roles, repositories')
  .addArgument(new Argument('[role]', 'the only one that runs on this machine').choices(['bot', 'worker']))
  .action(async (role?: Role) => {
    const roles: readonly Role[] = role === undefined ? ['bot', 'worker'] : [role];
    const { checkLiveSetUp } = await import('./doctor.ts');
    // A check that ran out of time may still hold a connection.
    process.exit(await checkLiveSetUp(findSettings(environment(), { roles }), { roles, print }));
  });
for (const command of program.commands) inSentences(command);
await program.parseAsync();

/** Starts the roles, says "ready", and stops them in order on SIGTERM or SIGINT. */
async function serve(roles: readonly Role[]): Promise<void> {
  const config = configOrExit(roles);
  const { root } = config;
  // Until everything runs nothing is in hand; a private Redis goes with us.
  const startOver = endAtOnceWhenAsked();
  // The bot reads and checks the templates itself, and says what is wrong with them in the same words.
  const { problems } = await checkConfiguration({ root });
  const templates = roles.includes('bot') ? await readTemplates(root) : undefined;
  if (templates === 'broken' || problems.some((problem) => problem.level === 'error')) {
    process.exitCode = await validate({ root, check: checkAll, print });
    return;
  }
  const log = createLog({ level: config.logLevel, redact: createRedactor({ secrets: config.secrets }) });
  const redis = await findRedis(config);
  const foundation = await createFoundation({ config, redisUrl: redis.url, log, clock: { now: Date.now } });
  const parts: RunningPart[] = [startReactions(foundation)];
  for (const role of roles) parts.push(await startRole(role, foundation, templates));
  startOver();
  const asked = stopSignal(log, parts);
  log.info({ roles }, 'ready');
  await asked;
  for (const part of parts.toReversed()) await part.stop();
  await foundation.close();
  await redis.stop();
  log.info({}, 'stopped');
  process.exit(0);
}

/** Compiled once, at the start, so that a bad template stops the start and never a message. */
async function readTemplates(root: string): Promise<Templates | 'broken'> {
  const { createTemplates } = await import('./adapters/templates/create-templates.ts');
  try {
    return await createTemplates({ root, draw: drawMrkdwn });
  } catch (error) {
    if (error instanceof ConfigurationBroken) return 'broken';
    throw error;
  }
}

/** Only what a role needs is loaded: a worker knows nothing of Slack. */
async function startRole(
  role: Role,
  foundation: Foundation,
  templates: Templates | undefined,
): Promise<RunningPart> {
  if (role === 'worker') return (await import('./worker.ts')).start(foundation);
  if (templates === undefined) throw new Error('the bot was started without templates');
  return (await import('./bot.ts')).start(foundation, templates);
}

/** The Redis that was named, or a private one of our own. */
async function findRedis(
  config: Config,
): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  if (config.redisUrl !== undefined) return { url: config.redisUrl, stop: async () => undefined };
  return startPrivateRedis({ dataDir: join(config.data, 'redis') });
}

function configOrExit(roles: readonly Role[]): Config {
  const read = readConfig(environment(), { roles });
  if (read.ok) return read.config;
  print('Walkback can not start: its settings need mending.');
  for (const problem of read.problems) print(`  - ${problem}`);
  return process.exit(1);
}
