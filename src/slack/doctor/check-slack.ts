import type { webApi } from '@slack/bolt';
import type { Team } from '../../domain/team/team.ts';
import type { HealthCheck } from '../../engine/ports/health.ts';
import { createAppTokenCheck } from './app-token-check.ts';
import { createChannelsCheck } from './channels-check.ts';
import { createRolesCheck } from './roles-check.ts';
import { createScopesCheck } from './scopes-check.ts';
import { createTokenCheck } from './token-check.ts';
import { createTokenTest } from './token-test.ts';

/**
 * What Slack says of our set-up: the tokens, their scopes against the manifest's, and whether the channels and people
 * of walkback.yml are there. `appToken` only for Socket Mode; without a `team` (walkback.yml is broken) channels and
 * people are left out. Posts nothing.
 */
export function createSlackChecks({
  client,
  appToken,
  manifestScopes,
  team,
}: {
  readonly client: webApi.WebClient;
  readonly appToken: string | undefined;
  readonly manifestScopes: () => Promise<readonly string[]>;
  readonly team: Team | undefined;
}): readonly HealthCheck[] {
  const testToken = createTokenTest(client);
  return [
    createTokenCheck({ testToken }),
    createScopesCheck({ testToken, manifestScopes }),
    ...(appToken === undefined ? [] : [createAppTokenCheck({ client, appToken })]),
    ...(team === undefined
      ? []
      : [createChannelsCheck({ client, testToken, team }), createRolesCheck({ client, testToken, team })]),
  ];
}
