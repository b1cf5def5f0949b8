import { randomUUID } from 'node:crypto';
import { startDeliveryWorker } from './adapters/bullmq/delivery-worker.ts';
import { startIncidentWorker } from './adapters/bullmq/incident-worker.ts';
import { createRedisMessageRefs } from './adapters/redis/message-refs.ts';
import { createRedisSeenOnce } from './adapters/redis/seen-once.ts';
import type { Foundation, RunningPart } from './app.ts';
import { followIncident, resumeOpenIncidents } from './engine/incident/follow.ts';
import { lastGoodCatalog } from './engine/last-good-catalog.ts';
import type { Templates } from './engine/ports/templates.ts';
import { showOpenRuns } from './engine/run/show-open.ts';
import { registerListeners } from './listeners/register-listeners.ts';
import { createPeopleDirectory } from './slack/connection/people-directory.ts';
import { createSlackApp } from './slack/connection/slack-app.ts';
import { createSlackClients } from './slack/connection/slack-clients.ts';
import { createFollowOnDelivery } from './slack/deliver.ts';
import { plain, withPlainArguments, withPlainMarkup } from './slack/delivery/plain-markup.ts';
import { createSlackDelivery } from './slack/delivery/slack-delivery.ts';
import { createIncidentChannels } from './slack/incident/channels.ts';

/** The bot: hears from Slack and tells it everything, and keeps the time of incidents. */
export async function start(foundation: Foundation, { render }: Templates): Promise<RunningPart> {
  const { config, keys, connect, redis, store, queues, output, git, catalog, clock, log } = foundation;
  const { slack } = config;
  if (slack === undefined) throw new Error('the bot was started without its Slack settings');
  const clients = createSlackClients({ token: slack.botToken, apiUrl: slack.apiUrl, log });
  const app = await createSlackApp({ slack, log });
  const { team_id } = await clients.messages.auth.test();
  const messages = createRedisMessageRefs({ redis, keys });
  const realDelivery = createSlackDelivery({ client: clients.messages, messages, log, now: clock.now });
  const channels = createIncidentChannels({ client: clients.messages, messages });
  const isRealSlack = slack.apiUrl === undefined;
  const delivery = isRealSlack ? realDelivery : withPlainMarkup(realDelivery);
  const people = createPeopleDirectory({ client: clients.messages, now: clock.now, log });
  const listening = {
    store,
    clock,
    git,
    catalog,
    telling: lastGoodCatalog(catalog, log),
    output,
    seen: createRedisSeenOnce({ redis, keys }),
    messages,
    people,
    log,
    client: isRealSlack ? clients.messages : withPlainArguments(clients.messages),
    viewClient: isRealSlack ? clients.views : withPlainArguments(clients.views),
    ...(isRealSlack ? {} : { plainly: plain }),
    teamId: team_id ?? '',
  };
  const listeners = registerListeners(app, listening);
  await app.start();
  const connections = [connect(), connect()] as const;
  const deliveries = startDeliveryWorker({
    redis: connections[0],
    prefix: keys.prefix,
    log,
    deliver: createFollowOnDelivery({
      ...{ store, clock, output, people, delivery, messages, render },
      catalog: listening.telling,
      client: clients.messages,
    }),
  });
  const incidents = startIncidentWorker({
    redis: connections[1],
    prefix: keys.prefix,
    log,
    handle: (work) =>
      followIncident(
        { ...{ store, clock, git, catalog, people, channels, telling: listening.telling }, queue: queues },
        work,
      ),
  });
  await showOpenRuns({ store, queue: queues });
  await resumeOpenIncidents({ store, queue: queues }, randomUUID());
  return {
    stop: async () => {
      await app.stop();
      await listeners.drained();
      await Promise.all([incidents.close(), deliveries.close()]);
      for (const connection of connections) connection.disconnect();
    },
  };
}
