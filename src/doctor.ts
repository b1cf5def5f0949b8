import { join } from 'node:path';
import { createGit } from './adapters/git/create-git.ts';
import { createLog } from './adapters/log/create-log.ts';
import { checkConfiguration } from './adapters/playbooks/check-configuration.ts';
import { createCatalog } from './adapters/playbooks/create-catalog.ts';
import { createRedisCheck } from './adapters/redis/check-redis.ts';
import { startPrivateRedis } from './adapters/redis/private-redis.ts';
import { readManifest } from './adapters/yaml/read-manifest.ts';
import { createConfigurationCheck } from './cli/doctor/configuration-check.ts';
import { createDirectoryCheck } from './cli/doctor/directory-check.ts';
import { createProgramsCheck } from './cli/doctor/programs-check.ts';
import { createRepositoryChecks } from './cli/doctor/repository-checks.ts';
import { doctor } from './cli/doctor.ts';
import type { Config } from './config.ts';
import { createRedactor } from './engine/redact.ts';
import { createSlackChecks } from './slack/check-slack.ts';
import { createSlackClients } from './slack/delivery/slack-clients.ts';

/** Checks the live set-up that the settings describe. Resolves with the exit code: 1 where there is a problem. */
export async function checkLiveSetUp(config: Config, print: (line: string) => void): Promise<0 | 1> {
  const { root, slack, namespace } = config;
  if (slack === undefined) throw new Error('doctor needs the Slack settings');
  const redact = createRedactor({ secrets: config.secrets });
  const log = createLog({ level: 'silent', redact });
  const client = createSlackClients({ token: slack.botToken, apiUrl: slack.apiUrl, log }).messages;
  const git = createGit({ mirrors: join(config.data, 'mirrors'), environment: config.gitEnvironment });
  // What is wrong with the configuration is told by its own check.
  const team = await createCatalog({ root })
    .team()
    .catch(() => undefined);
  const privateRedis =
    config.redisUrl === undefined ? startPrivateRedis({ dataDir: join(config.data, 'redis') }) : undefined;
  const checks = [
    createConfigurationCheck({ check: () => checkConfiguration({ root }) }),
    createProgramsCheck({ environment: config.childEnvironment }),
    createRedisCheck({ url: async () => config.redisUrl ?? (await privateRedis)?.url ?? '', namespace }),
    ...createSlackChecks({
      client,
      appToken: slack.mode === 'socket' ? slack.appToken : undefined,
      manifestScopes: async () => (await readManifest()).botScopes,
      team,
    }),
    ...(team ? [...createRepositoryChecks({ team, git }), createDirectoryCheck({ team })] : []),
  ];
  try {
    return await doctor({
      checks,
      print: (line) => print(redact(line)),
      terminal: process.stdout.isTTY === true,
    });
  } finally {
    await privateRedis?.then((redis) => redis.stop()).catch(() => undefined);
  }
}
