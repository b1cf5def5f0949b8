import type { webApi } from '@slack/bolt';
import type { HealthCheck } from '../../engine/ports/health.ts';
import { askSlack, toldNo } from './ask-slack.ts';

/** May a Socket Mode connection be opened? Asks for one and doesn't use it. */
export function createAppTokenCheck({
  client,
  appToken,
}: {
  readonly client: webApi.WebClient;
  readonly appToken: string;
}): HealthCheck {
  return {
    title: 'Slack app token',
    run: async () => {
      const opened = await askSlack(() => client.apiCall('apps.connections.open', { token: appToken }));
      if (opened.kind === 'answered') return [{ level: 'ok', what: 'Socket Mode connections may be opened' }];
      return [
        {
          level: 'problem',
          what: `SLACK_APP_TOKEN opens no connection, so nothing from Slack is heard: ${toldNo(opened)}`,
          todo: 'make an app-level token with connections:write ("Basic Information"), and switch "Socket Mode" on',
        },
      ];
    },
  };
}
