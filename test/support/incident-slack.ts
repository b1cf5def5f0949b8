import { onTestFinished } from 'vitest';
import { createRedisEventStore } from '../../src/adapters/redis/event-store.ts';
import { createRedisStepOutput } from '../../src/adapters/redis/step-output.ts';
import { createTemplates } from '../../src/adapters/templates/create-templates.ts';
import { keepChannel } from '../../src/engine/incident/keep-channel.ts';
import type { DeliveryResult } from '../../src/engine/reactions/delivery-result.ts';
import type { FollowOn, WorkOf } from '../../src/engine/reactions/jobs.ts';
import { createPeopleDirectory } from '../../src/slack/connection/people-directory.ts';
import { createSlackClients } from '../../src/slack/connection/slack-clients.ts';
import { createFollowOnDelivery } from '../../src/slack/deliver.ts';
import { createSlackDelivery } from '../../src/slack/delivery/slack-delivery.ts';
import { createIncidentChannels } from '../../src/slack/incident/channels.ts';
import { drawMrkdwn } from '../../src/slack/kit/mrkdwn.ts';
import { type SlackAnswers, startAnsweringSlack } from './answering-slack.ts';
import { incidentTeam, PEOPLE } from './incident-team.ts';
import { memoryMessageRefs } from './memory-message-refs.ts';
import { quietLog } from './quiet-log.ts';
import { testRedis } from './redis.ts';
import { START } from './run-builder.ts';
import { startStrictSlack } from './strict-slack.ts';

/** Follow-on work that ends in Slack: messages, and channels of incidents. */
export type SlackWork = WorkOf<'delivery'> | Extract<WorkOf<'incident'>, { readonly kind: 'channel' }>;

const EVERYBODY = [PEOPLE.responder, PEOPLE.onCall, PEOPLE.teamLead, PEOPLE.manager];

/**
 * The delivery of follow-on work to a strict Slack that keeps messages, and one more that answers for channels,
 * groups and bookmarks. The clock is the test's own. Message refs and streams outlive a `restart`.
 */
export async function anIncidentSlack({ answers = {} }: { readonly answers?: SlackAnswers } = {}) {
  const slack = await startStrictSlack({
    channels: [PEOPLE.incidentChannel, PEOPLE.stakeholderChannel, 'C0SUPPORT', 'C0OWN', ...EVERYBODY],
  });
  onTestFinished(slack.stop);
  const apiUrl = await startAnsweringSlack({
    answers: {
      'chat.getPermalink': ({ message_ts = '' }) => ({
        ok: true,
        permalink: `https://example.slack.com/archives/p${message_ts}`,
      }),
      ...answers,
    },
  });
  const messages = createSlackClients({ token: 'xoxb-test', apiUrl: slack.apiUrl, log: quietLog }).messages;
  const others = createSlackClients({ token: 'xoxb-test', apiUrl, log: quietLog }).messages;
  const redis = testRedis();
  const store = createRedisEventStore(redis);
  const refs = memoryMessageRefs();
  const time = { now: START };
  const clock = { now: () => time.now };
  const { render } = await createTemplates({ root: process.cwd(), draw: drawMrkdwn });
  const catalog = { team: async () => incidentTeam, playbook: async () => undefined };
  const added: FollowOn[] = [];
  const queue = {
    add: async (work: FollowOn) => {
      added.push(work);
    },
  };
  const start = () => {
    const people = createPeopleDirectory({ client: others, now: clock.now, log: quietLog });
    const deliver = createFollowOnDelivery({
      ...{ store, clock, render, catalog, people, messages: refs, client: others },
      output: createRedisStepOutput(redis),
      delivery: createSlackDelivery({ client: messages, messages: refs, log: quietLog, now: Date.now }),
    });
    const channels = createIncidentChannels({ client: others, messages: refs });
    /** Does what a bot does with it, by the queue that carries it. */
    return async (work: SlackWork): Promise<DeliveryResult> => {
      const opening = { store, clock, catalog, people, channels, queue };
      if (work.kind !== 'channel') return deliver(work);
      await keepChannel(opening, work);
      return { kind: 'delivered' };
    };
  };
  return { slack, store, time, added, deliver: start(), restart: start };
}
