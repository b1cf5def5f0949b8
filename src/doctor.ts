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
import { createSettingsCheck, leftOut } from './cli/doctor/settings-check.ts';
import { doctor } from './cli/doctor.ts';
import type { Role, SettingsFound } from './config.ts';
import type { Team } from './domain/team/team.ts';
import type { HealthCheck } from './engine/ports/health.ts';
import { createRedactor } from './engine/redact.ts';
import { createSlackClients } from './slack/connection/slack-clients.ts';
import { createAppTokenCheck } from './slack/doctor/app-token-check.ts';
import { createSlackChecks } from './slack/doctor/check-slack.ts';
import { drawMrkdwn } from './slack/kit/mrkdwn.ts';

/**
 * Checks the live set-up that the settings describe, as far as the roles that run on this machine need it, and as far
 * as what is set allows: what can't be looked at is said to be left out. Resolves with the exit code: 1 where there is
 * a problem.
 */
export async function checkLiveSetUp(
  settings: SettingsFound,
  { roles, print }: { readonly roles: readonly Role[]; readonly print: (line: string) => void },
): Promise<0 | 1> {
  const { config } = settings;
  const { root, namespace } = config;
  const worksHere = roles.includes('worker');
  const redact = createRedactor({ secrets: config.secrets });
  const git = createGit({ mirrors: join(config.data, 'mirrors'), environment: config.gitEnvironment });
  // What is wrong with the configuration is told by its own check.
  const team = await createCatalog({ root })
    .team()
    .catch(() => undefined);
  const isWrong = (...names: readonly string[]) =>
    settings.problems.some(({ setting }) => names.includes(setting));
  const redisNamed = !isWrong('REDIS_URL', 'WALKBACK_NAMESPACE');
  const privateRedis =
    config.redisUrl === undefined && redisNamed
      ? startPrivateRedis({ dataDir: join(config.data, 'redis') })
      : undefined;
  const checks = [
    createSettingsCheck(settings),
    createConfigurationCheck({ check: () => checkConfiguration({ root, draw: drawMrkdwn }) }),
    createProgramsCheck({ environment: config.childEnvironment }),
    redisNamed
      ? createRedisCheck({
          url: async () => config.redisUrl ?? (await privateRedis)?.url ?? '',
          namespace,
          trials: [...redisTrials, queueTrial],
        })
      : leftOut('Redis', 'which one to look at is not known, see “Settings”'),
    ...(settings.slack === undefined
      ? []
      : slackChecks(settings.slack, { team, reached: !isWrong('SLACK_API_URL') })),
    ...(team ? createRepositoryChecks({ team, git, pushes: worksHere }) : [leftOut('Repositories', UNREAD)]),
    ...(worksHere ? [team ? createDirectoryCheck({ team }) : leftOut('Directories', UNREAD)] : []),
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

const UNREAD = 'walkback.yml can’t be read, see “Configuration”';

function slackChecks(
  { botToken, appToken, signingSecret, apiUrl }: NonNullable<SettingsFound['slack']>,
  { team, reached }: { readonly team: Team | undefined; readonly reached: boolean },
): readonly HealthCheck[] {
  if (!reached) return [leftOut('Slack', 'which one to ask is not known, see “Settings”')];
  const log = createLog({ level: 'silent', redact: createRedactor({ secrets: [] }) });
  const clientOf = (token: string) => createSlackClients({ token, apiUrl, log }).messages;
  const manifestScopes = async () => (await readManifest()).botScopes;
  const byBot =
    botToken === undefined
      ? [leftOut('Slack', 'its scopes, channels and people can’t be looked up without SLACK_BOT_TOKEN')]
      : [
          ...createSlackChecks({ client: clientOf(botToken), manifestScopes, team }),
          ...(team === undefined ? [leftOut('Slack channels and people', UNREAD)] : []),
        ];
  if (appToken !== undefined)
    return [...byBot, createAppTokenCheck({ client: clientOf(appToken), appToken })];
  // By HTTP nothing but Slack itself can tell whether it reaches us.
  return signingSecret === undefined
    ? [...byBot, leftOut('Hearing from Slack', 'there is no SLACK_APP_TOKEN to try')]
    : byBot;
}
