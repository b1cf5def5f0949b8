import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { parse, stringify } from 'yaml';
import { createHttpProbe } from '../../../src/adapters/http/http-probe.ts';
import { createCatalog } from '../../../src/adapters/playbooks/create-catalog.ts';
import { createRedisChangeFeed } from '../../../src/adapters/redis/change-feed.ts';
import { createRedisEventStore } from '../../../src/adapters/redis/event-store.ts';
import { createRedisMessageRefs } from '../../../src/adapters/redis/message-refs.ts';
import { createRedisPresence } from '../../../src/adapters/redis/presence.ts';
import { createRedisStepOutput } from '../../../src/adapters/redis/step-output.ts';
import { createCommandRunner } from '../../../src/adapters/shell/create-command-runner.ts';
import { createTemplates } from '../../../src/adapters/templates/create-templates.ts';
import { driveFollowOn } from '../../../src/engine/drive/drive-follow-on.ts';
import { followIncident } from '../../../src/engine/incident/follow.ts';
import type { EventStore } from '../../../src/engine/ports/event-store.ts';
import { queueOf } from '../../../src/engine/reactions/job-data.ts';
import type { FollowOn, WorkOf } from '../../../src/engine/reactions/jobs.ts';
import { reactTo } from '../../../src/engine/reactions/reactions.ts';
import { createStepHandlers } from '../../../src/engine/steps/handlers.ts';
import { createPeopleDirectory } from '../../../src/slack/connection/people-directory.ts';
import { createSlackClients } from '../../../src/slack/connection/slack-clients.ts';
import { createFollowOnDelivery } from '../../../src/slack/deliver.ts';
import { createSlackDelivery } from '../../../src/slack/delivery/slack-delivery.ts';
import { createIncidentChannels } from '../../../src/slack/incident/channels.ts';
import { drawMrkdwn } from '../../../src/slack/kit/mrkdwn.ts';
import { startAnsweringSlack } from '../answering-slack.ts';
import { aFolder } from '../configuration-folder.ts';
import { gitFor } from '../git-adapter.ts';
import { createTestRepository } from '../git-repository.ts';
import { quietLog } from '../quiet-log.ts';
import { testRedis } from '../redis.ts';
import { startStrictSlack } from '../strict-slack.ts';
import { aFastQueue } from './fast-queue.ts';
import { listenTo, type Said } from './said.ts';

export const START = Date.parse('2030-03-01T03:00:00.000Z');
export const MINUTE = 60_000;
const OWN_CHANNEL = 'C0OWN';

export type ToldWorld = Awaited<ReturnType<typeof aToldWorld>>;

/**
 * A whole Walkback on a fast clock, with real parts: Redis, git with releases v1.0.0 to v1.2.0, processes, and a strict
 * Slack that keeps what was said. The policy is that of the walkback.yml that comes with it. `files` are in the newest
 * release alone.
 */
export async function aToldWorld({ files = {} }: { readonly files?: Readonly<Record<string, string>> } = {}) {
  const redis = testRedis();
  const repository = await createTestRepository();
  onTestFinished(() => repository.remove());
  for (const minor of [0, 1, 2]) {
    await repository.commit(`Release 1.${minor}`, {
      version: `1.${minor}\n`,
      'migrations/1.sql': 'create table carts;\n',
      ...(minor === 2 ? files : {}),
    });
    await repository.git('tag', `v1.${minor}.0`);
  }
  await repository.push();
  const root = await aFolder({ 'playbooks/release-rollback.yml': PLAYBOOK });
  const work = join(root, 'work');
  await mkdir(work);
  const policy = parse(await readFile('walkback.yml', 'utf8'));
  policy.services = {
    shop: {
      ...{ title: 'Web shop', repository: repository.remote, playbooks: ['release-rollback'] },
      environments: { production: { directory: work } },
    },
  };
  await writeFile(join(root, 'walkback.yml'), stringify(policy));

  const time = { now: START };
  const clock = { now: () => time.now };
  const catalog = createCatalog({ root });
  const team = await catalog.team();
  const everybody = [...new Set(Object.values(team.roles).flat())].filter((id) => id.startsWith('U'));
  const { incidents, stakeholders = '', deployments = '' } = team.channels;
  const slack = await startStrictSlack({
    channels: [incidents, stakeholders, deployments, OWN_CHANNEL, ...everybody],
  });
  onTestFinished(slack.stop);
  const others = await startAnsweringSlack({ answers: ANSWERS });
  const clients = {
    messages: createSlackClients({ token: 'xoxb-test', apiUrl: slack.apiUrl, log: quietLog }).messages,
    others: createSlackClients({ token: 'xoxb-test', apiUrl: others, log: quietLog }).messages,
  };
  const said: Said[] = [];
  const listen = listenTo(slack, (news) => said.push({ ...news, at: time.now }));

  const kept = createRedisEventStore(redis);
  const store: EventStore = {
    ...kept,
    append: async (request) => {
      const result = await kept.append(request);
      if (result.kind !== 'appended') return result;
      for (const event of result.events) for (const work of reactTo(event)) await queue.add(work, event.id);
      return result;
    },
  };
  const queue = aFastQueue({ time, work: (work) => doWork(work) });
  const git = gitFor(repository);
  const output = createRedisStepOutput(redis);
  const refs = createRedisMessageRefs(redis);
  const people = createPeopleDirectory({ client: clients.others, now: clock.now, log: quietLog });
  const commands = createCommandRunner({
    baseEnvironment: { PATH: process.env['PATH'] ?? '' },
    redact: (text) => text,
    graceMs: 300,
  });
  const { render } = await createTemplates({ root: process.cwd(), draw: drawMrkdwn });
  const base = { store, clock, catalog, git, queue, people, output, log: quietLog };
  const deliver = createFollowOnDelivery({
    ...base,
    ...{ messages: refs, render, client: clients.others },
    delivery: createSlackDelivery({
      client: clients.messages,
      messages: refs,
      log: quietLog,
      now: Date.now,
    }),
  });
  const channels = createIncidentChannels({ client: clients.others, messages: refs });
  const driving = {
    ...base,
    ...{ commands, presence: createRedisPresence({ ...redis, graceMs: 0 }) },
    changes: await createRedisChangeFeed({ subscriber: redis.connect(), keys: redis.keys }),
    handlers: createStepHandlers({
      ...{ git, commands, http: createHttpProbe() },
      scratchDirectory: () => work,
    }),
    settleMs: 20,
  };

  async function doWork(work: FollowOn): Promise<number | undefined> {
    const carrier = queueOf(work);
    if (carrier === 'drive')
      await driveFollowOn(driving, work as WorkOf<'drive'>, { driver: 'worker', stopping: () => false });
    if (carrier === 'incident')
      await followIncident({ ...base, channels, telling: catalog }, work as WorkOf<'incident'>);
    if (carrier !== 'delivery') return undefined;
    const result = await deliver(work as WorkOf<'delivery'>);
    listen();
    if (result.kind === 'unavailable') throw new Error(result.why);
    return result.kind === 'too-soon' ? result.inMs : undefined;
  }

  return {
    ...{ deps: base, team, slack, said, ownChannel: OWN_CHANNEL },
    /** Lets time go by up to a minute after the beginning, with all that it brings about. */
    until: (minute: number) => queue.advanceTo(START + minute * MINUTE),
    /** Somebody with the roles that walkback.yml gives. */
    person: (id: string) => ({
      id,
      roles: Object.entries(team.roles).flatMap(([role, holders]) => (holders.includes(id) ? [role] : [])),
    }),
  };
}

const ANSWERS = {
  'chat.getPermalink': ({ channel = '' }: Readonly<Record<string, string>>) => ({
    ok: true,
    permalink: `https://example.slack.com/archives/${channel}`,
  }),
  'conversations.create': () => ({ ok: true, channel: { id: OWN_CHANNEL } }),
  'conversations.invite': () => ({ ok: true }),
  'conversations.setTopic': () => ({ ok: true }),
  'bookmarks.list': () => ({ ok: true, bookmarks: [] }),
  'bookmarks.add': () => ({ ok: true }),
};

const PLAYBOOK = `
name: release-rollback
title: Roll back a release
description: Takes the branch back and redeploys
estimate: 5m
phases:
  - name: Roll back
    steps:
      - { id: undo, title: Take the branch back, git: {} }
      - { id: deploy, title: Deploy, run: "true" }
      - { id: settle, title: Let it settle, wait: 2m }
verify:
  - { id: healthy, title: It answers, run: "true" }
`;
