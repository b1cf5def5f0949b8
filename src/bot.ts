import { startDeliveryWorker } from './adapters/bullmq/delivery-worker.ts';
import type { RunningWorker } from './adapters/bullmq/drive-worker.ts';
import { createRedisMessageRefs } from './adapters/redis/message-refs.ts';
import { createRedisSeenOnce } from './adapters/redis/seen-once.ts';
import type { Foundation, RunningPart } from './app.ts';
import type { Templates } from './engine/ports/templates.ts';
import { showOpenRuns } from './engine/show-open-runs.ts';
import { registerListeners } from './listeners/register-listeners.ts';
import { createFollowOnDelivery } from './slack/deliver-follow-on.ts';
import { withPlainMarkup } from './slack/delivery/plain-markup.ts';
import { createSlackClients } from './slack/delivery/slack-clients.ts';
import { createSlackDelivery } from './slack/delivery/slack-delivery.ts';
import { createSlackApp } from './slack/slack-app.ts';

/** The bot: hears from Slack and tells it everything. */
export async function start(foundation: Foundation, { render }: Templates): Promise<RunningPart> {
  const { config, keys, connect, redis, store, queues, output, git, catalog, clock, log } = foundation;
  const { slack } = config;
  if (slack === undefined) throw new Error('the bot was started without its Slack settings');
  const clients = createSlackClients({ token: slack.botToken, apiUrl: slack.apiUrl, log });
  const app = await createSlackApp({ slack, log });
  const { team_id } = await clients.messages.auth.test();
  const messages = createRedisMessageRefs({ redis, keys });
  const realDelivery = createSlackDelivery({ client: clients.messages, messages, log, now: clock.now });
  const delivery = slack.apiUrl === undefined ? realDelivery : withPlainMarkup(realDelivery);
  const listening = {
    store,
    clock,
    git,
    catalog,
    output,
    seen: createRedisSeenOnce({ redis, keys }),
    log,
    client: clients.messages,
    viewClient: clients.views,
    teamId: team_id ?? '',
  };
  const listeners = registerListeners(app, listening);
  await app.start();
  const connection = connect();
  const worker: RunningWorker = startDeliveryWorker({
    redis: connection,
    prefix: keys.prefix,
    log,
    deliver: createFollowOnDelivery({ store, catalog, clock, output, delivery, render }),
  });
  await showOpenRuns({ store, queue: queues });
  return {
    stop: async () => {
      await app.stop();
      await listeners.drained();
      await worker.close();
      connection.disconnect();
    },
  };
}
