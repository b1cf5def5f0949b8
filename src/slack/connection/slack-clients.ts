import { webApi } from '@slack/bolt';
import type { Log } from '../../engine/ports/log.ts';
import { createSlackFetch } from './slack-fetch.ts';

const TIMEOUT_MS = 10_000;

export type SlackClients = {
  /** For chat.*, files.*, conversations.*: whatever may wait. */
  readonly messages: webApi.WebClient;
  /** For views.*, whose trigger lives for three seconds: never held up by messages. */
  readonly views: webApi.WebClient;
};

/**
 * Web API clients that never retry and never wait by themselves: a call that fails is repeated by the queue, which
 * first looks whether it was done after all. `apiUrl` ends with a slash; without it, Slack itself.
 */
export function createSlackClients(options: {
  readonly token: string;
  readonly apiUrl?: string | undefined;
  readonly timeoutMs?: number;
  readonly log: Pick<Log, 'warn' | 'error'>;
}): SlackClients {
  return { messages: createClient(options), views: createClient(options) };
}

function createClient({
  token,
  apiUrl,
  timeoutMs = TIMEOUT_MS,
  log,
}: Parameters<typeof createSlackClients>[0]): webApi.WebClient {
  return new webApi.WebClient(token, {
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
    fetch: createSlackFetch(timeoutMs),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: clientLogger(log),
  });
}

/** What the client complains of goes into our log; its failures are thrown and told there. */
const clientLogger = (log: Pick<Log, 'warn' | 'error'>): NonNullable<webApi.WebClientOptions['logger']> => ({
  debug: () => {},
  info: () => {},
  warn: (...details) => log.warn({ details }, 'slack client warns'),
  error: (...details) => log.error({ details }, 'slack client errs'),
  setLevel: () => {},
  getLevel: () => webApi.LogLevel.WARN,
  setName: () => {},
});
