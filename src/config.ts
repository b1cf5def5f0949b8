import { resolve } from 'node:path';

export type Role = 'bot' | 'worker';

/** How Slack is called, and how we hear from it. */
export type SlackConfig = { readonly botToken: string; readonly apiUrl: string | undefined } & (
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

type Variables = Readonly<Record<string, string | undefined>>;

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
const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

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
export function readConfig(
  variables: Variables,
  { roles, directory = process.cwd() }: { readonly roles: readonly Role[]; readonly directory?: string },
): ReadConfig {
  const settings = readSettings(variables);
  const root = findRoot(variables, { directory });
  const config: Config = {
    redisUrl:
      roles.length > 1 ? settings.text('REDIS_URL', REDIS) : settings.required('REDIS_URL', SHARED_REDIS),
    slack: roles.includes('bot') ? readSlack(settings) : undefined,
    root,
    data: resolve(directory, settings.given('WALKBACK_DATA') ?? resolve(root, '.walkback')),
    namespace: settings.text('WALKBACK_NAMESPACE', NAMESPACE) ?? 'walkback',
    logLevel: settings.text('LOG_LEVEL', LEVEL) ?? 'info',
    workerConcurrency: settings.number('WALKBACK_WORKER_CONCURRENCY', { least: 1, most: 100 }) ?? 10,
    childEnvironment: Object.freeze(inherit(settings, INHERITED)),
    gitEnvironment: Object.freeze(inherit(settings, [...INHERITED, ...REACHING])),
    secrets: Object.freeze(secretsIn(settings)),
  };
  if (settings.problems.length > 0) return { ok: false, problems: settings.problems };
  return { ok: true, config: Object.freeze(config) };
}

type Format = { readonly pattern: RegExp; readonly expected: string; readonly secret?: true };

const REDIS: Format = {
  pattern: /^(rediss?:\/\/\S+|\/\S+)$/,
  expected: 'redis://HOST:PORT, rediss://HOST:PORT or the absolute path of a socket',
  secret: true,
};
/** Only where everything runs in one process may it be left out. */
const SHARED_REDIS: Format = { ...REDIS, expected: `${REDIS.expected}, the one that bot and workers share` };
const NAMESPACE: Format = {
  pattern: /^[A-Za-z0-9_-]{1,64}$/,
  expected: 'letters, digits, dashes, such as walkback',
};
const LEVEL: Format = {
  pattern: new RegExp(`^(${LEVELS.join('|')})$`),
  expected: `one of ${LEVELS.join(', ')}`,
};
const BOT_TOKEN: Format = {
  pattern: /^xoxb-\S+$/,
  expected: 'the bot token of your Slack app, which starts with xoxb-',
  secret: true,
};
const APP_TOKEN: Format = {
  pattern: /^xapp-\S+$/,
  expected: 'an app-level token with connections:write, which starts with xapp-',
  secret: true,
};
const SIGNING_SECRET: Format = {
  pattern: /^\S{8,}$/,
  expected: 'the signing secret of your Slack app',
  secret: true,
};
const API_URL: Format = {
  pattern: /^https?:\/\/[^\s/]+(\/\S*)?\/api\/$/,
  expected: 'a url that ends in /api/, such as http://127.0.0.1:3100/api/',
};

function readSlack(settings: Settings): SlackConfig | undefined {
  const botToken = settings.required('SLACK_BOT_TOKEN', BOT_TOKEN);
  const appToken = settings.text('SLACK_APP_TOKEN', APP_TOKEN);
  const signingSecret = settings.text('SLACK_SIGNING_SECRET', SIGNING_SECRET);
  const apiUrl = settings.text('SLACK_API_URL', API_URL);
  const port = settings.number('PORT', { least: 0, most: 65_535 }) ?? 3_000;
  if (!settings.given('SLACK_APP_TOKEN') && !settings.given('SLACK_SIGNING_SECRET')) {
    settings.problems.push(
      `SLACK_APP_TOKEN is missing: expected ${APP_TOKEN.expected} (Socket Mode), or SLACK_SIGNING_SECRET, ${SIGNING_SECRET.expected} (HTTP)`,
    );
  }
  if (botToken === undefined) return undefined;
  // With both set, Socket Mode: it needs no address that Slack can reach.
  if (appToken !== undefined) return Object.freeze({ mode: 'socket', botToken, appToken, apiUrl });
  if (signingSecret === undefined) return undefined;
  return Object.freeze({ mode: 'http', botToken, signingSecret, port, apiUrl });
}

type Settings = ReturnType<typeof readSettings>;

function readSettings(variables: Variables) {
  const problems: string[] = [];
  const given = (name: string): string | undefined => variables[name]?.trim() || undefined;
  const malformed = (name: string, expected: string, shown: string): undefined => {
    problems.push(`${name} is malformed: expected ${expected}${shown}`);
    return undefined;
  };
  const text = (name: string, { pattern, expected, secret }: Format): string | undefined => {
    const value = given(name);
    if (value === undefined || pattern.test(value)) return value;
    return malformed(
      name,
      expected,
      secret ? '; what is set is not shown' : `, found ${JSON.stringify(value)}`,
    );
  };
  return {
    problems,
    given,
    text,
    required: (name: string, format: Format): string | undefined => {
      if (given(name) === undefined) problems.push(`${name} is missing: expected ${format.expected}`);
      return text(name, format);
    },
    number: (name: string, { least, most }: { readonly least: number; readonly most: number }) => {
      const value = given(name);
      if (value === undefined) return undefined;
      const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
      if (number >= least && number <= most) return number;
      return malformed(name, `a whole number from ${least} to ${most}`, `, found ${JSON.stringify(value)}`);
    },
  };
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
