import { resolve } from 'node:path';
import { nearest } from './domain/problem/nearest.ts';
import {
  API_URL,
  APP_TOKEN,
  BOT_TOKEN,
  LEVEL,
  NAMESPACE,
  REDIS,
  readSettings,
  type SettingProblem,
  type Settings,
  SHARED_REDIS,
  SIGNING_SECRET,
  type Variables,
} from './settings.ts';

export type Role = 'bot' | 'worker';

/** How Slack is called, and how we hear from it. */
type SlackConfig = { readonly botToken: string; readonly apiUrl: string | undefined } & (
  | { readonly mode: 'socket'; readonly appToken: string }
  | { readonly mode: 'http'; readonly signingSecret: string; readonly port: number }
);

/** Everything that the environment decides, read once. */
export type Config = {
  /** Left out: Walkback starts a private Redis. */
  readonly redisUrl: string | undefined;
  /** Only where the bot runs. */
  readonly slack: SlackConfig | undefined;
  /** Absolute: where walkback.yml, playbooks/ and templates/ are. */
  readonly root: string;
  /** Absolute: what Walkback keeps on disk. */
  readonly data: string;
  /** Prefix of everything in Redis. */
  readonly namespace: string;
  readonly logLevel: string;
  readonly workerConcurrency: number;
  /** All that a child process gets of our environment, before a step adds its own. */
  readonly childEnvironment: Readonly<Record<string, string>>;
  /** The same for git, with what it needs to reach a remote: an SSH agent, proxies. */
  readonly gitEnvironment: Readonly<Record<string, string>>;
  /** Texts that must never leave the process. */
  readonly secrets: readonly string[];
};

export type ReadConfig =
  | { readonly ok: true; readonly config: Config }
  /** Every setting that is missing or malformed, one a line; secrets are not shown. */
  | { readonly ok: false; readonly problems: readonly string[] };

/** What is set of Slack, each by itself; what is malformed counts as not set. */
type SlackSettings = {
  readonly botToken: string | undefined;
  readonly appToken: string | undefined;
  readonly signingSecret: string | undefined;
  readonly apiUrl: string | undefined;
};

/** All settings as far as they can be read, for whoever only looks: nothing may be started by these. */
export type SettingsFound = {
  readonly config: Config;
  /** Only where the bot runs. */
  readonly slack: SlackSettings | undefined;
  readonly problems: readonly SettingProblem[];
  /** Variables that look like a setting and are none, with the one that is probably meant. */
  readonly misspelt: readonly { readonly name: string; readonly meant: string }[];
};

/** The process's environment, here and nowhere else. */
export const environment = (): Variables => process.env;

const INHERITED = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR'];
const REACHING = [
  'USER',
  'LOGNAME',
  'XDG_CONFIG_HOME',
  'SSH_AUTH_SOCK',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
];

/** Absolute: the folder with walkback.yml. One that was named counts, else WALKBACK_ROOT, else the current one. */
export function findRoot(
  variables: Variables,
  {
    named,
    directory = process.cwd(),
  }: { readonly named?: string | undefined; readonly directory?: string } = {},
): string {
  return resolve(directory, named ?? (variables['WALKBACK_ROOT']?.trim() || '.'));
}

/**
 * Reads all settings at once. A worker alone needs none of Slack's; what is one of several processes must be told
 * which Redis they share. An empty setting counts as not set.
 */
export function readConfig(variables: Variables, forWhom: ForWhom): ReadConfig {
  const { config, problems } = findSettings(variables, forWhom);
  if (problems.length > 0) return { ok: false, problems: problems.map(({ text }) => text) };
  return { ok: true, config };
}

type ForWhom = { readonly roles: readonly Role[]; readonly directory?: string };

/** The same, with what is wrong beside what could be read. */
export function findSettings(
  variables: Variables,
  { roles, directory = process.cwd() }: ForWhom,
): SettingsFound {
  const settings = readSettings(variables);
  const root = findRoot(variables, { directory });
  const redisUrl =
    roles.length > 1 ? settings.text('REDIS_URL', REDIS) : settings.required('REDIS_URL', SHARED_REDIS);
  const slack = roles.includes('bot') ? readSlack(settings) : undefined;
  const config: Config = {
    redisUrl,
    slack: slack && completeSlack(slack),
    root,
    data: resolve(directory, settings.given('WALKBACK_DATA') ?? resolve(root, '.walkback')),
    namespace: settings.text('WALKBACK_NAMESPACE', NAMESPACE) ?? 'walkback',
    logLevel: settings.text('LOG_LEVEL', LEVEL) ?? 'info',
    workerConcurrency: settings.number('WALKBACK_WORKER_CONCURRENCY', { least: 1, most: 100 }) ?? 10,
    childEnvironment: Object.freeze(inherit(settings, INHERITED)),
    gitEnvironment: Object.freeze(inherit(settings, [...INHERITED, ...REACHING])),
    secrets: Object.freeze(secretsIn(settings)),
  };
  return {
    config: Object.freeze(config),
    slack,
    problems: settings.problems,
    misspelt: findMisspelt(variables),
  };
}

const OURS = ['ROOT', 'DATA', 'NAMESPACE', 'WORKER_CONCURRENCY'];

/** Whatever begins with WALKBACK_ and is near to a setting. A step's own variables begin so too, and are not. */
const findMisspelt = (variables: Variables): SettingsFound['misspelt'] =>
  Object.keys(variables).flatMap((name) => {
    const word = /^WALKBACK_(.*)$/.exec(name)?.[1];
    const meant = word === undefined || OURS.includes(word) ? undefined : nearest(word, OURS);
    return meant === undefined ? [] : [{ name, meant: `WALKBACK_${meant}` }];
  });

function readSlack(settings: Settings): SlackSettings & { readonly port: number } {
  const slack = {
    botToken: settings.required('SLACK_BOT_TOKEN', BOT_TOKEN),
    appToken: settings.text('SLACK_APP_TOKEN', APP_TOKEN),
    signingSecret: settings.text('SLACK_SIGNING_SECRET', SIGNING_SECRET),
    apiUrl: settings.text('SLACK_API_URL', API_URL),
    port: settings.number('PORT', { least: 0, most: 65_535 }) ?? 3_000,
  };
  if (!settings.given('SLACK_APP_TOKEN') && !settings.given('SLACK_SIGNING_SECRET'))
    settings.missing(
      'SLACK_APP_TOKEN',
      `${APP_TOKEN.expected} (Socket Mode), or SLACK_SIGNING_SECRET, ${SIGNING_SECRET.expected} (HTTP)`,
    );
  return slack;
}

function completeSlack({
  botToken,
  appToken,
  signingSecret,
  port,
  apiUrl,
}: ReturnType<typeof readSlack>): SlackConfig | undefined {
  if (botToken === undefined) return undefined;
  // With both set, Socket Mode: it needs no address that Slack can reach.
  if (appToken !== undefined) return Object.freeze({ mode: 'socket', botToken, appToken, apiUrl });
  if (signingSecret === undefined) return undefined;
  return Object.freeze({ mode: 'http', botToken, signingSecret, port, apiUrl });
}

const inherit = ({ given }: Settings, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = given(name);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );

function secretsIn({ given }: Settings): string[] {
  const tokens = ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET'].map(given);
  return [...tokens, ...passwordIn(given('REDIS_URL'))].flatMap((text) => text || []);
}

/** The password of a Redis address as it is written and as it is meant; undecodable ones as written. */
function passwordIn(url: string | undefined): readonly string[] {
  const written = /^rediss?:\/\/[^@/]*?:([^@/]*)@/.exec(url ?? '')?.[1];
  if (written === undefined) return [];
  try {
    return [...new Set([written, decodeURIComponent(written)])];
  } catch {
    return [written];
  }
}
