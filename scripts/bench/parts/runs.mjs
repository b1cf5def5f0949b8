import { createRedisChangeFeed } from '../../../dist/adapters/redis/change-feed.js';
import { createFoundation } from '../../../dist/app.js';
import { readConfig } from '../../../dist/config.js';
import { requestRollback } from '../../../dist/engine/policy/request-rollback.js';
import { REQUESTER, SERVICE } from './settings.mjs';

const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {}, child: () => SILENT };
const requester = { id: REQUESTER, roles: ['responder'] };

/** Asks for rollbacks and follows them, beside a bot and a worker that use the same Redis. */
export async function openRuns({ environment }) {
  const read = readConfig(environment, { roles: ['worker'] });
  if (!read.ok) throw new Error(read.problems.join('\n'));
  const clock = { now: Date.now };
  const foundation = await createFoundation({
    config: read.config,
    redisUrl: environment.REDIS_URL,
    log: SILENT,
    clock,
  });
  const subscriber = foundation.connect();
  const changes = await createRedisChangeFeed({ subscriber, keys: foundation.keys });
  return {
    foundation,
    request: ({ target, playbook }) => request(foundation, { target, playbook }),
    untilEvent: (run, type) => untilEvent({ store: foundation.store, changes }, run, type),
    close: async () => {
      subscriber.disconnect();
      await foundation.close();
    },
  };
}

async function request(foundation, { target, playbook }) {
  const answer = await requestRollback(foundation, {
    service: SERVICE,
    severity: 'P0',
    parameters: {},
    target,
    playbook,
    person: requester,
    reason: 'bench',
    checklist: [],
    thread: null,
  });
  if (answer.kind === 'refused') throw new Error(`refused: ${JSON.stringify(answer.refusal)}`);
  return answer.run;
}

/** Resolves with the events of a run as soon as one of a type can be read; throws when the run ends without it. */
function untilEvent({ store, changes }, run, type) {
  return new Promise((resolve, reject) => {
    const look = async () => {
      const events = await store.read(run);
      if (events.some((event) => event.type === type)) return done(() => resolve(events));
      const ending = events.find((event) =>
        ['run.failed', 'plan.replaced', 'run.cancelled'].includes(event.type),
      );
      const failed = events.find((event) => event.payload.outcome === 'failed');
      const bad = ending ?? failed;
      if (bad !== undefined) done(() => reject(new Error(`${run}: ${JSON.stringify(bad)}`)));
    };
    const unwatch = changes.watch(run, () => void look().catch(reject));
    const done = (settle) => {
      unwatch();
      settle();
    };
    look().catch(reject);
  });
}
