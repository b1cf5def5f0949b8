import type { webApi } from '@slack/bolt';
import type { IncidentChannels } from '../../engine/ports/incident-channels.ts';
import type { MessageRefs } from '../../engine/ports/message-refs.ts';
import { callSlack, isRefused, type Refused } from '../connection/slack-failure.ts';
import { oneLine, truncate } from '../kit/text.ts';
import { linkToIncident } from './thread.ts';

const TOPIC = 250;
const TITLE = 100;

/** Incidents' own channels, in Slack. */
export function createIncidentChannels(slack: {
  readonly client: webApi.WebClient;
  readonly messages: Pick<MessageRefs, 'get'>;
}): IncidentChannels {
  const { client } = slack;
  return {
    create: async (name) => {
      const answer = await callSlack(() => client.conversations.create({ name }));
      if (isRefused(answer))
        return answer.error === 'name_taken'
          ? { kind: 'name-taken' }
          : { kind: 'refused', code: answer.error };
      const channel = answer.channel?.id;
      return channel === undefined
        ? { kind: 'refused', code: 'no channel in the answer' }
        : { kind: 'created', channel };
    },
    invite: async (channel, people) => {
      const users = people.join(',');
      const answer = await callSlack(() => client.conversations.invite({ channel, users, force: true }));
      const code = codeOf(answer);
      return code === 'already_in_channel' ? undefined : code;
    },
    setTopic: async (channel, { incident, link }) => {
      const topic = truncate(`${incident.severity} ${oneLine(incident.title, TITLE)} ${link}`.trim(), TOPIC);
      return codeOf(await callSlack(() => client.conversations.setTopic({ channel, topic })));
    },
    setBookmark: async (channel, { title, link }) => {
      const present = await callSlack(() => client.bookmarks.list({ channel_id: channel }));
      if (isRefused(present)) return present.error;
      if (present.bookmarks?.some((bookmark) => bookmark.link === link)) return undefined;
      return codeOf(
        await callSlack(() => client.bookmarks.add({ channel_id: channel, type: 'link', title, link })),
      );
    },
    linkToCard: (incident) => linkToIncident(slack, incident),
  };
}

const codeOf = (answer: unknown | Refused): string | undefined =>
  isRefused(answer) ? answer.error : undefined;
