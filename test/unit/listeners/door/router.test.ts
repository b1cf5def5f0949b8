import { App, type Receiver, type RespondFn } from '@slack/bolt';
import { expect, it } from 'vitest';
import { createRouter } from '../../../../src/listeners/door/router.ts';

const receiver: Receiver = {
  init: () => undefined,
  start: async () => undefined,
  stop: async () => undefined,
};
const authorize = async () => ({ botToken: 'xoxb-test', botUserId: 'U0BOT', botId: 'B0BOT' });
const person = {
  team: { id: 'T1', domain: 'shop' },
  user: { id: 'U1ROBIN', team_id: 'T1' },
  trigger_id: '1',
};
const event = (body: object) => ({ type: 'event_callback', team_id: 'T1', event: body });
const press = (...actions: readonly object[]) => ({ type: 'block_actions', actions, ...person });

/** What happens, in order, when Slack sends this body to a router with one handler of each kind. */
async function happens(body: object, said: { readonly respond?: RespondFn | undefined }[] = []) {
  const order: string[] = [];
  const app = new App({ receiver, authorize });
  app.error(async ({ message }) => void order.push(`error: ${message}`));
  const router = createRouter(app, (message) => message);
  const note = (name: string) => async (): Promise<void> => void order.push(name);
  router.onCommand('/rollback', note('command'));
  router.onButton('approve', async (args) => {
    order.push('button');
    said.push(args);
  });
  router.onButton('broken', async () => {
    throw new Error('the handler broke');
  });
  router.onShortcut('declare', note('shortcut'));
  router.onEvent('app_mention', note('event'));
  router.onSubmission('form', async ({ ack }) => {
    order.push('submission');
    await ack();
  });
  const ack = async (): Promise<void> => {
    order.push('ack');
    // What runs in the same turn as the acknowledgement delays it.
    setImmediate(() => order.push('turn'));
  };
  await app.processEvent({ body: { ...body }, ack });
  return order.filter((what, index) => what !== 'turn' || index < order.length - 1);
}

it.each([
  [
    'a command',
    { command: '/rollback', text: '', team_id: 'T1', user_id: 'U1', channel_id: 'C1' },
    'command',
  ],
  ['a button', press({ type: 'button', action_id: 'approve' }), 'button'],
  ['a shortcut', { type: 'shortcut', callback_id: 'declare', ...person }, 'shortcut'],
  [
    'a message shortcut',
    { type: 'message_action', callback_id: 'declare', channel: { id: 'C1' }, ...person },
    'shortcut',
  ],
  ['an event', event({ type: 'app_mention', user: 'U1ROBIN', channel: 'C1', ts: '1.1', text: 'x' }), 'event'],
])('%s is acknowledged once, and handled a turn later', async (_what, body, handler) => {
  expect(await happens(body)).toEqual(['ack', 'turn', handler]);
});

it('a submission is acknowledged by its handler, with what the modal shows next', async () => {
  const sent = { type: 'view_submission', view: { id: 'V1', callback_id: 'form' }, ...person };
  expect(await happens(sent)).toEqual(['submission', 'ack']);
});

it('a submission of a form that is not known stays open, so that what was typed is not lost', async () => {
  const sent = { type: 'view_submission', view: { id: 'V1', callback_id: 'of-yesterday' }, ...person };
  expect(await happens(sent)).toEqual([]);
});

it.each([
  ['command', { command: '/other', text: '', team_id: 'T1', user_id: 'U1', channel_id: 'C1' }],
  ['button', press({ type: 'button', action_id: 'constructor' })],
  ['press of nothing', press()],
  ['shortcut', { type: 'shortcut', callback_id: 'other', ...person }],
  ['event', event({ type: 'app_uninstalled' })],
  ['closed view', { type: 'view_closed', view: { id: 'V1', callback_id: 'form' }, ...person }],
])('an unknown %s is acknowledged, and that is all', async (_kind, body) => {
  expect(await happens(body)).toEqual(['ack']);
});

it('what nobody listens to has handlers of its own: a button a turn after its acknowledgement, a form before it', async () => {
  const order: string[] = [];
  const app = new App({ receiver, authorize });
  const router = createRouter(app);
  router.onButton('approve', async () => void order.push('known'));
  router.onUnknownButton(async () => void order.push('unknown button'));
  router.onUnknownSubmission(async ({ ack }) => {
    order.push('unknown form');
    await ack();
  });
  const ack = async () => void order.push('ack');
  const of = async (body: object) => {
    order.length = 0;
    await app.processEvent({ body: { ...body }, ack });
    return [...order];
  };
  expect(await of(press({ type: 'button', action_id: 'constructor' }))).toEqual(['ack', 'unknown button']);
  expect(await of(press())).toEqual(['ack', 'unknown button']);
  expect(await of(press({ type: 'button', action_id: 'approve' }))).toEqual(['ack', 'known']);
  const view = { id: 'V1', callback_id: 'of-yesterday' };
  expect(await of({ type: 'view_submission', view, ...person })).toEqual(['unknown form', 'ack']);
});

it('what the bot itself said is not handled', async () => {
  const own = event({ type: 'app_mention', user: 'U0BOT', channel: 'C1', ts: '1.1', text: 'x' });
  expect(await happens(own)).toEqual(['ack']);
});

it('a handler that breaks does so after the acknowledgement, and is reported', async () => {
  const pressed = press({ type: 'button', action_id: 'broken' });
  expect(await happens(pressed)).toEqual(['ack', 'turn', 'error: the handler broke']);
});

it('a button of no message has nothing to respond by', async () => {
  const said: { readonly respond?: RespondFn | undefined }[] = [];
  const button = press({ type: 'button', action_id: 'approve' });
  await happens(button, said);
  await happens({ ...button, response_url: 'http://127.0.0.1:9/' }, said);
  expect(said.map(({ respond }) => typeof respond)).toEqual(['undefined', 'function']);
});

it('two handlers for one name are refused', () => {
  const router = createRouter(new App({ receiver, authorize }));
  router.onCommand('/rollback', async () => undefined);
  expect(() => router.onCommand('/rollback', async () => undefined)).toThrow('the command /rollback has two');
});
