import { App, type Receiver } from '@slack/bolt';
import { expect, it } from 'vitest';
import { z } from 'zod';
import type { InboundRunner } from '../../../../src/listeners/door/inbound.ts';
import type { Attending } from '../../../../src/listeners/door/listening.ts';
import { createRouter } from '../../../../src/listeners/door/router.ts';
import { listenToDeclareShortcuts } from '../../../../src/listeners/incident/declare-shortcuts.ts';
import { createSlackClients } from '../../../../src/slack/connection/slack-clients.ts';
import { startAnsweringSlack } from '../../../support/answering-slack.ts';
import { incidentTeam } from '../../../support/incident-team.ts';
import { quietLog } from '../../../support/quiet-log.ts';
import { START } from '../../../support/run-builder.ts';
import { validateView } from '../../../support/slack-rules.ts';

const receiver: Receiver = {
  init: () => undefined,
  start: async () => undefined,
  stop: async () => undefined,
};
const LINK = 'https://example.slack.com/archives/C1/p12';
const Callback = z.object({ callback_id: z.string() });

/** The modals that Slack was given when somebody with these roles took a shortcut, in order. */
async function modalsAfter(shortcut: object, roles: readonly string[] = ['responder']) {
  const views: unknown[] = [];
  const keep = ({ view = '' }: Readonly<Record<string, string>>): object => {
    views.push(JSON.parse(view));
    return { ok: true, view: { id: 'V1' } };
  };
  const apiUrl = await startAnsweringSlack({
    answers: {
      'views.open': keep,
      'views.update': keep,
      'chat.getPermalink': () => ({ ok: true, permalink: LINK }),
    },
  });
  const clients = createSlackClients({ token: 'xoxb-test', apiUrl, log: quietLog });
  const person = { id: 'U1ROBIN', roles };
  const listening: Pick<Attending, 'client' | 'viewClient' | 'clock' | 'looksAt'> = {
    client: clients.messages,
    viewClient: clients.views,
    clock: { now: () => START },
    looksAt: () => undefined,
  };
  const inbound: InboundRunner = {
    handle: (_, work) =>
      work({ person, team: incidentTeam, log: quietLog, reference: '0', listening: listening as Attending }),
    answer: async () => undefined,
    drained: async () => undefined,
  };
  const app = new App({ receiver, authorize: async () => ({ botToken: 'xoxb-test', botUserId: 'U0BOT' }) });
  listenToDeclareShortcuts(createRouter(app), listening as Attending, inbound);
  let acknowledged = false;
  await app.processEvent({
    body: {
      ...{ trigger_id: 'T1', user: { id: 'U1ROBIN', team_id: 'T0' }, team: { id: 'T0' }, token: 'x' },
      ...shortcut,
    },
    ack: async () => {
      acknowledged = true;
    },
  });
  expect(acknowledged).toBe(true);
  return views;
}

it('the global shortcut opens the declaration at once', async () => {
  const views = await modalsAfter({ type: 'shortcut', callback_id: 'declare_incident' });
  expect(views.map((view) => Callback.parse(view).callback_id)).toEqual(['incident-declare-form']);
});

it('the message shortcut fills in the message’s text and link, behind a loading view', async () => {
  const views = await modalsAfter({
    type: 'message_action',
    callback_id: 'declare_incident_from_message',
    channel: { id: 'C1', name: 'general' },
    message: { type: 'message', ts: '1.2', text: 'Payments &lt;are&gt; down\nsince five' },
  });
  expect(views.map((view) => Callback.parse(view).callback_id)).toEqual(['telling', 'incident-declare-form']);
  const form = JSON.stringify(views[1]);
  expect(form).toContain('"initial_value":"Payments <are> down"');
  expect(form).toContain('"initial_value":"Payments <are> down\\nsince five"');
  expect(form).toContain(LINK);
  expect(views.flatMap(validateView)).toEqual([]);
});

it('whoever may not declare is told so instead', async () => {
  const views = await modalsAfter({ type: 'shortcut', callback_id: 'declare_incident' }, ['executive']);
  expect(JSON.stringify(views)).toContain('needs the role `responder`');
});
