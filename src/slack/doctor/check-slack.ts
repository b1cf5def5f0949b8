import type { webApi } from '@slack/bolt';
import type { Team } from '../../domain/team/team.ts';
import type { HealthCheck } from '../../engine/ports/health.ts';
import { createChannelsCheck } from './channels-check.ts';
import { createRolesCheck } from './roles-check.ts';
import { createScopesCheck } from './scopes-check.ts';
import { createTokenCheck } from './token-check.ts';
import { createTokenTest } from './token-test.ts';

/**
 * What Slack says of our set-up: the bot token, its scopes against the manifest's, and whether the channels and
 * people of walkback.yml are there; without a `team` (walkback.yml is broken) those are left out. Posts nothing.
 */
export function createSlackChecks({
  client,
  manifestScopes,
  team,
}: {
  readonly client: webApi.WebClient;
  readonly manifestScopes: () => Promise<readonly string[]>;
  readonly team: Team | undefined;
}): readonly HealthCheck[] {
  const testToken = createTokenTest(client);
  return [
    createTokenCheck({ testToken }),
    createScopesCheck({ testToken, manifestScopes }),
    ...(team === undefined
      ? []
      : [createChannelsCheck({ client, testToken, team }), createRolesCheck({ client, testToken, team })]),
  ];
}
