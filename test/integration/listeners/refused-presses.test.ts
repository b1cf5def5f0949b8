import { App, type Receiver } from '@slack/bolt';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { createRedisEventStore } from '../../../src/adapters/redis/event-store.ts';
import { createRedisSeenOnce } from '../../../src/adapters/redis/seen-once.ts';
import { Team } from '../../../src/domain/team/team.ts';
import type { Catalog } from '../../../src/engine/ports/catalog.ts';
import { createInboundRunner } from '../../../src/listeners/door/inbound.ts';
import type { Entrance } from '../../../src/listeners/door/listening.ts';
import { createRouter } from '../../../src/listeners/door/router.ts';
import { listenToApprovalButtons } from '../../../src/listeners/run/approval-buttons.ts';
import { listenToBreakGlassForm } from '../../../src/listeners/run/break-glass-form.ts';
import { listenToDenyForm } from '../../../src/listeners/run/deny-form.ts';
import { createSlackClients } from '../../../src/slack/connection/slack-clients.ts';
import type { Modal } from '../../../src/slack/kit/block-kit.ts';
import { encodeButton } from '../../../src/slack/kit/button-values.ts';
import { ACTION, BLOCK } from '../../../src/slack/kit/ids.ts';
import { breakGlassView } from '../../../src/slack/run/forms/break-glass.ts';
import { denyView } from '../../../src/slack/run/forms/deny.ts';
import { SOUND_TEAM } from '../../support/configuration-folder.ts';
import { startPeopleSlack } from '../../support/people-slack.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { testRedis } from '../../support/redis.ts';
import { startResponseUrl } from '../../support/response-url.ts';
import { APPROVER, aRun, START } from '../../support/run-builder.ts';
import { submit } from '../../support/submit-view.ts';

const receiver: Receiver = {
  init: () => undefined,
  start: async () => undefined,
  stop: async () => undefined,
};

/** A run that awaits approval by a user group, with the buttons of its card. */
async function aCard() {
  const redis = testRedis();
  const store = createRedisEventStore(redis);
  const sound = Team.parse(parse(SOUND_TEAM));
  const team: Team = { ...sound, roles: { ...sound.roles, approver: ['S1LEADS', APPROVER] } };
  const { people, slack } = await startPeopleSlack({ S1LEADS: ['U4LEAD'] });
  const [requested] = aRun().events();
  if (requested === undefined) throw new Error('a run begins with its request');
  const { stream, actor, at } = requested;
  await store.append({
    stream,
    expectedVersion: 0,
    at,
    actor,
    events: [requested],
    index: [{ kind: 'open' }],
  });

  const told: string[] = [];
  const responseUrl = await startResponseUrl(({ text }) => told.push(text));
  const app = new App({ receiver, authorize: async () => ({ botToken: 'xoxb-test', botUserId: 'U0BOT' }) });
  const catalog: Catalog = { team: async () => team, playbook: async () => undefined };
  const listening = {
    ...{ store, people, log: quietLog, teamId: 'T0OWN', clock: { now: () => START } },
    seen: createRedisSeenOnce(redis),
    ...{ catalog, telling: catalog },
    viewClient: createSlackClients({ token: 'xoxb-test', apiUrl: slack.apiUrl, log: quietLog }).views,
  } as Partial<Entrance> as Entrance;
  const inbound = createInboundRunner(listening);
  const router = createRouter(app);
  listenToApprovalButtons(router, listening, inbound);
  listenToDenyForm(router, listening, inbound);
  listenToBreakGlassForm(router, listening, inbound);

  let presses = 0;
  const press = async (action: string, user: string, team = 'T0OWN'): Promise<void> => {
    presses += 1;
    const value = encodeButton({ run: 'RUN-31', digest: aRun().build().digest });
    await app.processEvent({
      body: {
        type: 'block_actions',
        team: { id: 'T0OWN' },
        user: { id: user, team_id: team },
        trigger_id: `trigger-${presses}`,
        response_url: responseUrl,
        actions: [{ type: 'button', action_id: action, block_id: 'b', value }],
      },
      ack: async () => undefined,
    });
    await inbound.drained();
  };
  const send = async (view: Modal, user: string): Promise<void> => {
    presses += 1;
    const sent = {
      ...view,
      ...z
        .object({})
        .loose()
        .parse(submit(view, { [BLOCK.reason]: { value: 'Now' } })),
    };
    await app.processEvent({
      body: {
        type: 'view_submission',
        team: { id: 'T0OWN' },
        user: { id: user, team_id: 'T0OWN' },
        view: { ...sent, id: `V${presses}`, hash: `${presses}` },
      },
      ack: async () => undefined,
    });
    await inbound.drained();
  };
  return {
    ...{ press, send, slack, card: { run: 'RUN-31', digest: aRun().build().digest } },
    told,
    recorded: async () =>
      (await store.read('RUN-31')).slice(1).map(({ actor, type, payload }) => ({ actor, type, payload })),
  };
}

const refused = (user: string, press: string, refusal: string) => ({
  actor: { kind: 'user', id: user },
  type: 'approval.refused',
  payload: { press, refusal },
});

it('a press by a bot, a deactivated user or another workspace is refused, told and recorded', async () => {
  const { press, told, recorded } = await aCard();
  await press(ACTION.approve, 'U7BOT');
  await press(ACTION.approve, 'U8GONE');
  await press(ACTION.deny, APPROVER, 'T0OTHER');
  expect(told).toEqual([
    expect.stringContaining('this account is a bot'),
    expect.stringContaining('this account is deactivated'),
    expect.stringContaining('Only members of this workspace'),
  ]);
  expect(await recorded()).toEqual([
    refused('U7BOT', 'approve', 'not-a-person'),
    refused('U8GONE', 'approve', 'not-a-person'),
    refused(APPROVER, 'deny', 'other-workspace'),
  ]);
});

it('a reason sent by somebody who was deactivated meanwhile is refused and recorded', async () => {
  const { send, card, recorded } = await aCard();
  await send(denyView(card), 'U8GONE');
  await send(breakGlassView(card), 'U8GONE');
  expect(await recorded()).toEqual([
    refused('U8GONE', 'deny', 'not-a-person'),
    refused('U8GONE', 'break-glass', 'not-a-person'),
  ]);
});

it('a press of somebody whose user group Slack can not be asked about is refused, and says so', async () => {
  const { press, told, recorded, slack } = await aCard();
  slack.inject({ method: 'usergroups.users.list', kind: 'no-connection' });
  await press(ACTION.approve, 'U4LEAD');
  expect(told).toEqual([expect.stringMatching(/Slack could not be asked.*try again in a minute/)]);
  expect(await recorded()).toEqual([refused('U4LEAD', 'approve', 'roles-unknown')]);
});

it('a member of the user group approves', async () => {
  const { press, told, recorded } = await aCard();
  await press(ACTION.approve, 'U4LEAD');
  expect(told).toEqual([]);
  expect(await recorded()).toMatchObject([{ type: 'approval.granted' }, { type: 'run.queued' }]);
});
