import { join } from 'node:path';
import { queueTrial } from './adapters/bullmq/queue-trial.ts';
import { createGit } from './adapters/git/create-git.ts';
import { createLog } from './adapters/log/create-log.ts';
import { checkConfiguration } from './adapters/playbooks/check-configuration.ts';
import { createCatalog } from './adapters/playbooks/create-catalog.ts';
import { createRedisCheck } from './adapters/redis/check-redis.ts';
import { startPrivateRedis } from './adapters/redis/private-redis.ts';
import { redisTrials } from './adapters/redis/trials.ts';
import { readManifest } from './adapters/yaml/read-manifest.ts';
import { createConfigurationCheck } from './cli/doctor/configuration-check.ts';
import { createDirectoryCheck } from './cli/doctor/directory-check.ts';
import { createProgramsCheck } from './cli/doctor/programs-check.ts';
import { createRepositoryChecks } from './cli/doctor/repository-checks.ts';
import { doctor } from './cli/doctor.ts';
import type { Config, Role, SlackConfig } from './config.ts';
import type { Team } from './domain/team/team.ts';
import type { HealthCheck } from './engine/ports/health.ts';
import type { Log } from './engine/ports/log.ts';
import { createRedactor } from './engine/redact.ts';
import { createSlackClients } from './slack/connection/slack-clients.ts';
import { createSlackChecks } from './slack/doctor/check-slack.ts';
import { drawMrkdwn } from './slack/kit/mrkdwn.ts';

/**
 * Checks the live set-up that the settings describe, as far as the roles that run on this machine need it. Resolves
 * with the exit code: 1 where there is a problem.
 */
export async function checkLiveSetUp(
  config: Config,
  { roles, print }: { readonly roles: readonly Role[]; readonly print: (line: string) => void },
): Promise<0 | 1> {
  const { root, namespace } = config;
  const worksHere = roles.includes('worker');
  const redact = createRedactor({ secrets: config.secrets });
  const log = createLog({ level: 'silent', redact });
  const git = createGit({ mirrors: join(config.data, 'mirrors'), environment: config.gitEnvironment });
  // What is wrong with the configuration is told by its own check.
  const team = await createCatalog({ root })
    .team()
    .catch(() => undefined);
  const privateRedis =
    config.redisUrl === undefined ? startPrivateRedis({ dataDir: join(config.data, 'redis') }) : undefined;
  const checks = [
    createConfigurationCheck({ check: () => checkConfiguration({ root, draw: drawMrkdwn }) }),
    createProgramsCheck({ environment: config.childEnvironment }),
    createRedisCheck({
      url: async () => config.redisUrl ?? (await privateRedis)?.url ?? '',
      namespace,
      trials: [...redisTrials, queueTrial],
    }),
    ...(config.slack === undefined ? [] : slackChecks(config.slack, { team, log })),
    ...(team ? createRepositoryChecks({ team, git, pushes: worksHere }) : []),
    ...(team && worksHere ? [createDirectoryCheck({ team })] : []),
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

const slackChecks = (
  slack: SlackConfig,
  { team, log }: { readonly team: Team | undefined; readonly log: Log },
): readonly HealthCheck[] =>
  createSlackChecks({
    client: createSlackClients({ token: slack.botToken, apiUrl: slack.apiUrl, log }).messages,
    appToken: slack.mode === 'socket' ? slack.appToken : undefined,
    manifestScopes: async () => (await readManifest()).botScopes,
    team,
  });
