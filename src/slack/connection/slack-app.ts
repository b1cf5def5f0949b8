import { App, HTTPReceiver, type Logger, LogLevel, SocketModeReceiver } from '@slack/bolt';
import type { Log } from '../../engine/ports/log.ts';
import { createSlackFetch } from './slack-fetch.ts';

/** How Slack reaches us (a socket that we open, or signed HTTP requests to a port), and we it. */
export type SlackSettings = { readonly botToken: string; readonly apiUrl: string | undefined } & (
  | { readonly mode: 'socket'; readonly appToken: string }
  | { readonly mode: 'http'; readonly signingSecret: string; readonly port: number }
);

const TIMEOUT_MS = 10_000;

/**
 * A Bolt app, initialised but not started. The receiver and the app each get client options of their own: with one
 * shared object a Slack outage ends in an unhandled rejection and no reconnect.
 */
export async function createSlackApp({
  slack,
  log,
}: {
  readonly slack: SlackSettings;
  readonly log: Log;
}): Promise<App> {
  const url = slack.apiUrl === undefined ? {} : { slackApiUrl: slack.apiUrl };
  const logger = boltLogger(log);
  const receiver =
    slack.mode === 'socket'
      ? new SocketModeReceiver({
          appToken: slack.appToken,
          logger,
          installerOptions: { clientOptions: { ...url, timeout: TIMEOUT_MS } },
        })
      : new HTTPReceiver({ signingSecret: slack.signingSecret, port: slack.port, logger });
  const app = new App({
    token: slack.botToken,
    receiver,
    logger,
    deferInitialization: true,
    // Of no use here: every event's channel would be looked up in it before the listeners are asked.
    convoStore: false,
    extendedErrorHandler: true,
    clientOptions: { ...url, retryConfig: { retries: 2 }, fetch: createSlackFetch(TIMEOUT_MS) },
  });
  app.error(async (error) => log.error({ error }, 'slack listener failed'));
  await app.init();
  return app;
}

const boltLogger = (log: Log): Logger => {
  const write =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (...details: unknown[]) =>
      log[level]({ details }, 'slack library says');
  return {
    debug: () => undefined,
    info: write('debug'),
    warn: write('warn'),
    error: write('error'),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
};
