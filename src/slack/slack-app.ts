import { App, HTTPReceiver, type Logger, LogLevel, SocketModeReceiver } from '@slack/bolt';
import type { Log } from '../engine/ports/log.ts';

/** How Slack reaches us: a socket that we open, or signed HTTP requests to a port. */
export type SlackInbound =
  | { readonly kind: 'socket'; readonly appToken: string }
  | { readonly kind: 'http'; readonly signingSecret: string; readonly port: number };

const TIMEOUT_MS = 10_000;

/**
 * A Bolt app, initialised but not started. The receiver and the app each get client options of their own: with one
 * shared object a Slack outage ends in an unhandled rejection and no reconnect.
 */
export async function createSlackApp({
  token,
  inbound,
  apiUrl,
  log,
}: {
  readonly token: string;
  readonly inbound: SlackInbound;
  readonly apiUrl: string | undefined;
  readonly log: Log;
}): Promise<App> {
  const url = apiUrl === undefined ? {} : { slackApiUrl: apiUrl };
  const logger = boltLogger(log);
  const receiver =
    inbound.kind === 'socket'
      ? new SocketModeReceiver({
          appToken: inbound.appToken,
          logger,
          installerOptions: { clientOptions: { ...url, timeout: TIMEOUT_MS } },
        })
      : new HTTPReceiver({ signingSecret: inbound.signingSecret, port: inbound.port, logger });
  const app = new App({
    token,
    receiver,
    logger,
    deferInitialization: true,
    extendedErrorHandler: true,
    clientOptions: { ...url, retryConfig: { retries: 2 }, timeout: TIMEOUT_MS },
  });
  app.error(async ({ error, body }) => {
    log.error({ error, type: body['type'] }, 'slack listener failed');
  });
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
