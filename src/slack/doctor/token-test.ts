import type { webApi } from '@slack/bolt';
import type { HealthFinding } from '../../engine/ports/health.ts';
import { askSlack, type SlackAnswered, type SlackSaidNo } from './ask-slack.ts';

type TokenTested =
  | SlackAnswered<webApi.AuthTestResponse>
  | SlackSaidNo
  | { readonly kind: 'unreachable'; readonly error: unknown };

export type TokenTest = () => Promise<TokenTested>;

/** auth.test, asked once for all checks that lean on it. Never rejects. */
export function createTokenTest(client: webApi.WebClient): TokenTest {
  let asked: Promise<TokenTested> | undefined;
  return () => {
    asked ??= askSlack(() => client.auth.test()).catch((error: unknown) => ({ kind: 'unreachable', error }));
    return asked;
  };
}

/** For checks that can't say anything without a token: what is wrong is told once, by the token's own check. */
export const NO_TOKEN: readonly HealthFinding[] = [
  { level: 'note', what: 'not looked at: see "Slack bot token"' },
];
