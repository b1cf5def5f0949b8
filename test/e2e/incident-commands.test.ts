import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { SlackMessage } from '../../src/demo/slack-frames.ts';
import { hasButton, readMessage, textsIn } from '../../src/demo/slack-person.ts';
import { demoApp } from '../../src/demo/slack-workspace.ts';
import { ACTION, BLOCK, incidentActionId, incidentFormId, VIEW } from '../../src/slack/kit/ids.ts';
import { toldAlone } from '../support/ask-for-rollback.ts';
import { createWorld, INCIDENTS, type World } from '../support/world.ts';

describe('what people do about incidents', () => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld(inject('redisUrl'));
  });
  afterAll(() => world.stop());

  const form = (callback: string) => world.team.robin.waitForView((view) => view.callback_id === callback);
  /** Sends the form on top, which closes: what came of it is shown by the card and the thread. */
  const send = async (answers: Parameters<World['team']['robin']['submitView']>[0]): Promise<void> => {
    expect(await world.team.robin.submitView(answers)).toEqual({ kind: 'accepted', view: undefined });
  };
  const command = (line: string) => world.team.robin.command(`/incident ${line}`.trim(), INCIDENTS);

  const cardOf = (title: string): Promise<SlackMessage> =>
    world.team.robin.waitForMessage(
      INCIDENTS,
      (message) => hasButton(message, incidentActionId('resolve')) && readMessage(message).includes(title),
      { what: `the card of “${title}”` },
    );

  async function declare(title: string, severity: string) {
    await command('');
    await form(VIEW.declareForm);
    return fillIn(title, severity);
  }

  async function fillIn(title: string, severity: string) {
    await send({
      [BLOCK.title]: { text: title },
      [BLOCK.severity]: { chosen: severity },
      [BLOCK.services]: { ticked: ['shop'] },
      [BLOCK.impact]: { text: 'Nobody can pay' },
    });
    const card = await cardOf(title);
    return { id: /INC-\d+/.exec(readMessage(card))?.[0] ?? '', card };
  }

  async function resolve(id: string) {
    await command(`resolve ${id}`);
    await form(incidentFormId('resolve'));
    await send({ [BLOCK.summary]: { text: 'It was the cache' } });
  }

  it('helps with what a person may do, and takes other words for the title of an incident', async () => {
    const { robin, kim } = world.team;
    await command('help');
    await toldAlone(robin, '/incident resolve');
    await command('fix it');
    expect(JSON.stringify(await form(VIEW.declareForm))).toContain('"initial_value":"fix it"');
    await robin.closeViews();
    await kim.command('/incident help', INCIDENTS);
    expect(readMessage(await toldAlone(kim, '/incident list'))).not.toContain('/incident resolve');
  });

  it('tells that there is none yet, and who may not declare one', async () => {
    const { robin, kim } = world.team;
    await command('list');
    await toldAlone(robin, 'No incidents yet');
    await command('resolve');
    await toldAlone(robin, 'There is no open incident');
    await command('show 999');
    await toldAlone(robin, "don't know an incident `INC-999`");
    await kim.command('/incident', INCIDENTS);
    await toldAlone(kim, 'That needs the role `responder`');
  });

  it('takes an incident from the declaration to its end, and back', async () => {
    const { robin, kim } = world.team;
    await command('');
    await form(VIEW.declareForm);
    const empty = await robin.submitView({});
    expect(empty).toMatchObject({
      errors: { [BLOCK.title]: expect.any(String), [BLOCK.severity]: expect.any(String) },
    });
    const { id, card } = await fillIn('Checkout fails', 'P1');

    await command('list');
    await toldAlone(robin, `${id}.* P1 investigating`);
    await command(`show ${id.replace('INC-', '')}`);
    await toldAlone(robin, 'Nobody can pay');

    kim.press(card, incidentActionId('acknowledge'));
    await toldAlone(kim, 'responder');
    robin.press(card, incidentActionId('acknowledge'));
    await robin.waitForMessage(
      INCIDENTS,
      (message) => message.ts === card.ts && !hasButton(message, incidentActionId('acknowledge')),
      { what: 'the card without Acknowledge' },
    );

    robin.press(card, incidentActionId('update'));
    await form(incidentFormId('update'));
    await send({
      [BLOCK.status]: { chosen: 'identified' },
      [BLOCK.done]: { text: 'Found the broken release' },
      [BLOCK.next]: { text: 'Roll it back' },
    });

    await command('severity');
    await form(incidentFormId('change-severity'));
    await send({
      [BLOCK.severity]: { chosen: 'P2' },
      [BLOCK.reason]: { text: 'Only a few are hit' },
    });

    robin.press(card, incidentActionId('take-role'));
    await form(incidentFormId('take-role'));
    await send({ [BLOCK.role]: { chosen: 'scribe' } });

    await resolve(id);
    robin.press(card, incidentActionId('acknowledge'));
    await toldAlone(robin, 'This incident is resolved');
    await command('reopen');
    await form(incidentFormId('reopen'));
    await send({ [BLOCK.reason]: { text: 'It is back' } });

    await command(`timeline ${id}`);
    const timeline = readMessage(await toldAlone(robin, 'It is back'));
    for (const words of [
      `<@${robin.id}>: declared P1: “Checkout fails”`,
      `<@${kim.id}>: was refused: acknowledging (not permitted)`,
      `<@${robin.id}>: acknowledged`,
      'update, identified: “Found the broken release”',
      'severity P1 → P2: “Only a few are hit”',
      `<@${robin.id}> is scribe`,
      'resolved: “It was the cache”',
    ])
      expect(timeline).toContain(words);
    await resolve(id);
  }, 60_000);

  it('asks which one is meant where several are open', async () => {
    const { robin } = world.team;
    const one = await declare('Search is slow', 'P2');
    const other = await declare('Images are missing', 'P3');
    await command('update');
    const asked = readMessage(await toldAlone(robin, 'Which one'));
    expect(asked).toContain(one.id);
    expect(asked).toContain(other.id);
    // In the thread of one, that one is meant.
    await robin.say(`<@${demoApp.botUserId}> incident`, INCIDENTS, one.card.ts);
    const shown = await robin.waitForMessage(
      INCIDENTS,
      (message) => message.ephemeral_to === robin.id && message.thread_ts === one.card.ts,
      { what: 'an answer in the thread' },
    );
    expect(readMessage(shown)).toMatch(new RegExp(`${one.id} P2.*Search is slow`));
    await command('merge');
    await toldAlone(robin, 'Say which one is part of which');
    await command(`merge ${other.id} into ${one.id}`);
    await toldAlone(robin, `${other.id}\\* is part of \\*${one.id}\\* now`);
    await robin.waitForMessage(
      INCIDENTS,
      (message) =>
        message.thread_ts === one.card.ts && readMessage(message).includes(`*${other.id} was the same`),
      { what: 'the other in the thread of the one that goes on' },
    );
    await resolve(one.id);
  });

  it('is declared from a thread, with what it says filled in', async () => {
    const { robin } = world.team;
    await robin.say('Payments are down since five', INCIDENTS);
    const root = await robin.waitForMessage(INCIDENTS, ({ text }) => text.startsWith('Payments are down'));
    await robin.say(`<@${demoApp.botUserId}> incident`, INCIDENTS, root.ts);
    const offer = await robin.waitForMessage(INCIDENTS, (message) =>
      hasButton(message, ACTION.openDeclareForm),
    );
    expect(offer.thread_ts).toBe(root.ts);
    robin.press(offer, ACTION.openDeclareForm);
    const view = await form(VIEW.declareForm);
    expect(JSON.stringify(view)).toContain('Payments are down since five');
    await send({ [BLOCK.severity]: { chosen: 'P3' } });
    const id = /INC-\d+/.exec(readMessage(await cardOf('Payments are down since five')))?.[0] ?? '';
    await robin.say(`<@${demoApp.botUserId}> incident resolve ${id}`, INCIDENTS, root.ts);
    const button = await robin.waitForMessage(
      INCIDENTS,
      (message) =>
        message.ephemeral_to === robin.id &&
        readMessage(message).includes(`about *${id}*`) &&
        hasButton(message, incidentActionId('resolve')),
    );
    robin.press(button, incidentActionId('resolve'));
    await form(incidentFormId('resolve'));
    await send({ [BLOCK.summary]: { text: 'A false alarm' } });
  });

  it('puts a message of its thread on the timeline by a pushpin, once, and only for those who may', async () => {
    const { robin, alex, kim } = world.team;
    const { id, card } = await declare('Queues are full', 'P2');
    for (const text of ['The disk of db-2 is full', 'Lunch?', 'Cleaned it up'])
      await kim.say(text, INCIDENTS, card.ts);
    const said = (text: string) => robin.waitForMessage(INCIDENTS, (message) => message.text === text);
    await kim.react(await said('Lunch?'), 'pushpin');
    await robin.react(await said('The disk of db-2 is full'), 'pushpin');
    await alex.react(await said('The disk of db-2 is full'), 'pushpin');
    await robin.react(await said('Cleaned it up'), 'pushpin');
    const pins = async (): Promise<readonly string[]> => {
      const before = new Set(robin.messages(INCIDENTS).map(({ ts }) => ts));
      await command(`timeline ${id}`);
      const timeline = await robin.waitForMessage(
        INCIDENTS,
        ({ ts, text }) => !before.has(ts) && text.startsWith(`Timeline of ${id}`),
      );
      return readMessage(timeline).match(/:pushpin:.*”/g) ?? [];
    };
    await expect.poll(pins, { timeout: 10_000 }).toContain(`:pushpin: <@${kim.id}>: “Cleaned it up”`);
    expect(await pins()).toEqual([
      `:pushpin: <@${kim.id}>: “The disk of db-2 is full”`,
      `:pushpin: <@${kim.id}>: “Cleaned it up”`,
    ]);
    await resolve(id);
  }, 30_000);

  it('starts a rollback that belongs to it, filled in; App Home shows both, and the approval to whom it waits for', async () => {
    const { robin, sam, kim } = world.team;
    const { id, card } = await declare('Login fails', 'P1');
    robin.press(card, incidentActionId('roll-back'));
    const view = await form(VIEW.rollbackForm);
    expect(JSON.stringify(view)).toContain(`${id}: Login fails`);
    await send({ [BLOCK.severity]: { chosen: 'P1' } });
    const approval = await robin.waitForMessage(
      INCIDENTS,
      (message) => message.thread_ts === card.ts && hasButton(message, ACTION.approve),
      { what: 'the approval card in the thread' },
    );
    const run = /RUN-\d+/.exec(readMessage(approval))?.[0] ?? '';

    await sam.openHome();
    const home = await sam.waitForHome((shown) => textsIn(shown).join().includes('Login fails'));
    expect(textsIn(home).join('\n')).toMatch(new RegExp(`Waiting for your approval \\(1\\)[^]*${run}`));
    await kim.openHome();
    const others = textsIn(await kim.waitForHome((shown) => textsIn(shown).join().includes('Login fails')));
    expect(others.join('\n')).toContain('Nothing waits for you');
    expect(others.join('\n')).toContain('You have no role');

    await command(`timeline ${id}`);
    await toldAlone(robin, `${run}.* asked to take shop back`);
    await robin.command(`/rollback cancel ${run}`, INCIDENTS);
    await toldAlone(robin, `${run} is cancelled`);
    await resolve(id);
  }, 30_000);
});
