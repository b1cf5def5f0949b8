import type { HealthCheck } from '../../engine/ports/health.ts';
import { toldNo } from './ask-slack.ts';
import type { TokenTest } from './token-test.ts';

/** Is the bot token valid, and whose is it? */
export function createTokenCheck({ testToken }: { readonly testToken: TokenTest }): HealthCheck {
  return {
    title: 'Slack bot token',
    run: async () => {
      const test = await testToken();
      if (test.kind === 'unreachable') throw new Error("Slack can't be reached", { cause: test.error });
      if (test.kind === 'no')
        return [
          {
            level: 'problem',
            what: `SLACK_BOT_TOKEN is refused: ${toldNo(test)}`,
            todo: 'install the app anew (api.slack.com/apps, "Install App") and copy the Bot User OAuth Token',
          },
        ];
      const { team, team_id, user, user_id, bot_id } = test.answer;
      if (bot_id === undefined)
        return [
          {
            level: 'problem',
            what: `SLACK_BOT_TOKEN is the token of the person ${user} (${user_id}), not of a bot`,
            todo: 'use the Bot User OAuth Token, which starts with xoxb-',
          },
        ];
      return [{ level: 'ok', what: `valid: bot user @${user} (${user_id}) of ${team} (${team_id})` }];
    },
  };
}
