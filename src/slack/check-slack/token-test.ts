import type { webApi } from '@slack/bolt';
import type { HealthFinding } from '../../engine/ports/health.ts';
import { askSlack, type SlackAnswered, type SlackSaidNo } from './ask-slack.ts';

export type TokenTest = () => Promise<SlackAnswered<webApi.AuthTestResponse> | SlackSaidNo>;

/** auth.test, asked once for all checks that lean on it. */
export function createTokenTest(client: webApi.WebClient): TokenTest {
  let asked: ReturnType<TokenTest> | undefined;
  return () => {
    asked ??= askSlack(() => client.auth.test());
    return asked;
  };
}

/** For checks that can't say anything without a token: the fault is told once, by the token's own check. */
export const NO_TOKEN: readonly HealthFinding[] = [
  { level: 'note', what: 'not looked at, since Slack refuses the bot token' },
];
