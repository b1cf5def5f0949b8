import { App, SocketModeReceiver } from '@slack/bolt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalSlack } from '../../../src/demo/local-slack.ts';
import { hasButton, readMessage } from '../../../src/demo/slack-person.ts';
import { channels, demoApp, demoWorkspace } from '../../../src/demo/slack-workspace.ts';
import { startDemoSlack } from '../../support/demo-slack.ts';
import { joinAsTeam, type Team } from '../../support/slack-client.ts';

const CHANNEL = channels.incidents.id;

let slack: LocalSlack;
let team: Team;
let app: App;

beforeAll(async () => {
  slack = await startDemoSlack();
  team = await joinAsTeam(slack.url);
  app = await startApp(slack.apiUrl);
  await team.robin.waitForApp(demoApp.appId);
});

afterAll(async () => {
  await app.stop();
  team.leave();
  await slack.stop();
});

/** An app that asks for a name in a modal, greets it with a button, and tells whoever presses that they did. */
async function startApp(slackApiUrl: string): Promise<App> {
  const receiver = new SocketModeReceiver({
    appToken: demoApp.appToken,
    installerOptions: { clientOptions: { slackApiUrl } },
  });
  const bolt = new App({ token: demoApp.botToken, receiver, clientOptions: { slackApiUrl } });
  bolt.command('/greet', async ({ ack, client, body }) => {
    await ack();
    await client.views.open({
      trigger_id: body.trigger_id,
      view: {
        type: 'modal',
        callback_id: 'greet',
        title: { type: 'plain_text', text: body.text },
        blocks: [
          {
            type: 'input',
            block_id: 'name',
            label: { type: 'plain_text', text: 'Whom?' },
            element: { type: 'plain_text_input', action_id: 'value' },
          },
        ],
      },
    });
  });
  bolt.view('greet', async ({ ack, view, client }) => {
    const name = view.state.values['name']?.['value']?.value;
    if (!name) return ack({ response_action: 'errors', errors: { name: 'Type a name.' } });
    await ack();
    const button = {
      type: 'button',
      action_id: 'wave',
      text: { type: 'plain_text', text: 'Wave' },
      value: name,
    } as const;
    await client.chat.postMessage({
      channel: CHANNEL,
      text: `Hello ${name}`,
      blocks: [{ type: 'actions', elements: [button] }],
    });
  });
  bolt.action('wave', async ({ ack, body, respond, action }) => {
    await ack();
    const value = 'value' in action ? action.value : '';
    await respond({
      response_type: 'ephemeral',
      replace_original: false,
      text: `${body.user.id} waved at ${value}`,
    });
  });
  await bolt.start();
  return bolt;
}

describe('a person in the local Slack', () => {
  it('types a command, is told what is wrong with a modal, mends it, and presses the button that comes of it', async () => {
    const { robin, alex } = team;
    await robin.command('/greet the world', CHANNEL);
    const view = await robin.waitForView(({ callback_id }) => callback_id === 'greet');
    expect(view['title']).toMatchObject({ text: 'the world' });

    expect(await robin.submitView({ name: { text: '' } })).toEqual({
      kind: 'errors',
      errors: { name: 'Type a name.' },
    });
    expect(await robin.submitView({ name: { text: 'Kim' } })).toEqual({ kind: 'accepted', view: undefined });

    const message = await alex.waitForMessage(CHANNEL, (seen) => hasButton(seen, 'wave'));
    expect(readMessage(message)).toContain('Hello Kim');
    alex.press(message, 'wave');
    const answer = await alex.waitForMessage(CHANNEL, ({ text }) => text.includes('waved'));
    expect(answer.text).toBe(`${alex.id} waved at Kim`);
    expect(robin.messages(CHANNEL).map(({ text }) => text)).not.toContain(answer.text);
  });

  it('cannot press a button that is not there', async () => {
    await team.kim.say('plain words', CHANNEL);
    const message = await team.kim.waitForMessage(CHANNEL, ({ text }) => text === 'plain words');
    expect(() => team.kim.press(message, 'wave')).toThrow('no button wave');
  });

  it('is told in the end when what it waits for does not come', async () => {
    const wait = team.kim.waitForMessage(CHANNEL, () => false, { timeoutMs: 1, what: 'a sign' });
    await expect(wait).rejects.toThrow(`waited 1 ms in vain for a sign in ${CHANNEL}`);
  });
});

describe('the local Slack', () => {
  it('says what it printed when it cannot start', async () => {
    const second = startDemoSlack({ ...demoWorkspace, apps: [...demoWorkspace.apps, ...demoWorkspace.apps] });
    await expect(second).rejects.toThrow(/local Slack.*appId must be unique/s);
  });
});
