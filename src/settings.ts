export type Variables = Readonly<Record<string, string | undefined>>;

/** What is wrong with a setting, in a sentence that shows no secret. */
export type SettingProblem = { readonly setting: string; readonly text: string };

/** One setting after the other, each told of where it is missing or malformed; an empty one counts as not set. */
export function readSettings(variables: Variables) {
  const problems: SettingProblem[] = [];
  const given = (name: string): string | undefined => variables[name]?.trim() || undefined;
  const malformed = (name: string, expected: string, shown: string): undefined => {
    problems.push({ setting: name, text: `${name} is malformed: expected ${expected}${shown}` });
    return undefined;
  };
  const missing = (name: string, expected: string): void =>
    void problems.push({ setting: name, text: `${name} is missing: expected ${expected}` });
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
    missing,
    required: (name: string, format: Format): string | undefined => {
      if (given(name) === undefined) missing(name, format.expected);
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

export type Settings = ReturnType<typeof readSettings>;

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

type Format = { readonly pattern: RegExp; readonly expected: string; readonly secret?: true };

export const REDIS: Format = {
  pattern: /^(rediss?:\/\/\S+|\/\S+)$/,
  expected: 'redis://HOST:PORT, rediss://HOST:PORT or the absolute path of a socket',
  secret: true,
};
/** Only where everything runs in one process may it be left out. */
export const SHARED_REDIS: Format = {
  ...REDIS,
  expected: `${REDIS.expected}, the one that bot and workers share`,
};
export const NAMESPACE: Format = {
  pattern: /^[A-Za-z0-9_-]{1,64}$/,
  expected: 'letters, digits, dashes, such as walkback',
};
export const LEVEL: Format = {
  pattern: new RegExp(`^(${LEVELS.join('|')})$`),
  expected: `one of ${LEVELS.join(', ')}`,
};
export const BOT_TOKEN: Format = {
  pattern: /^xoxb-\S+$/,
  expected: 'the bot token of your Slack app, which starts with xoxb-',
  secret: true,
};
export const APP_TOKEN: Format = {
  pattern: /^xapp-\S+$/,
  expected: 'an app-level token with connections:write, which starts with xapp-',
  secret: true,
};
export const SIGNING_SECRET: Format = {
  pattern: /^\S{8,}$/,
  expected: 'the signing secret of your Slack app',
  secret: true,
};
export const API_URL: Format = {
  pattern: /^https?:\/\/[^\s/]+(\/\S*)?\/api\/$/,
  expected: 'a url that ends in /api/, such as http://127.0.0.1:3100/api/',
};
