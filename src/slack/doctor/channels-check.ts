import type { webApi } from '@slack/bolt';
import type { Team } from '../../domain/team/team.ts';
import type { HealthCheck, HealthFinding } from '../../engine/ports/health.ts';
import { askSlack, type SlackSaidNo, toldNo } from './ask-slack.ts';
import { NO_TOKEN, type TokenTest } from './token-test.ts';

/** Do the channels of walkback.yml exist, and is the bot in them? */
export function createChannelsCheck({
  client,
  testToken,
  team,
}: {
  readonly client: webApi.WebClient;
  readonly testToken: TokenTest;
  readonly team: Pick<Team, 'channels'>;
}): HealthCheck {
  return {
    title: 'Channels',
    run: async () => {
      const test = await testToken();
      if (test.kind !== 'answered') return NO_TOKEN;
      const bot = test.answer.user ?? 'walkback';
      return Promise.all(
        Object.entries(team.channels).flatMap(([use, channel]) =>
          channel === undefined ? [] : [lookAt({ client, bot, use, channel })],
        ),
      );
    },
  };
}

type Place = {
  readonly client: webApi.WebClient;
  readonly bot: string;
  readonly use: string;
  readonly channel: string;
};

async function lookAt({ client, bot, use, channel }: Place): Promise<HealthFinding> {
  const found = await askSlack(() => client.conversations.info({ channel }));
  if (found.kind === 'no') return notSeen({ use, channel, bot }, found);
  const name = `${use}: #${found.answer.channel?.name ?? channel} (${channel})`;
  if (found.answer.channel?.is_archived === true)
    return {
      level: 'problem',
      what: `${name} is archived, so nothing can be posted there`,
      todo: `unarchive it, or name another channel in walkback.yml, channels.${use}`,
    };
  if (found.answer.channel?.is_member !== true)
    return {
      level: 'problem',
      what: `${name}: the bot is not in it, so it can't post there`,
      todo: `type /invite @${bot} in that channel`,
    };
  return { level: 'ok', what: name };
}

function notSeen(
  { use, channel, bot }: Pick<Place, 'use' | 'channel' | 'bot'>,
  no: SlackSaidNo,
): HealthFinding {
  if (no.error !== 'channel_not_found')
    return {
      level: 'problem',
      what: `${use}: ${channel} can't be looked at: ${toldNo(no)}`,
      todo: no.needed === undefined ? 'try again' : 'see "Slack scopes"',
    };
  return {
    level: 'problem',
    what: `${use}: there is no channel ${channel}, or it is private and the bot is not in it`,
    todo: `copy the id from the channel's details into walkback.yml, channels.${use}; in a private channel type /invite @${bot}`,
  };
}
