import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { SlackMessage } from '../../src/demo/slack-frames.ts';
import { hasButton, readMessage, type SlackPerson } from '../../src/demo/slack-person.ts';
import { channels } from '../../src/demo/slack-workspace.ts';
import { ACTION, BLOCK, incidentActionId, incidentFormId, VIEW } from '../../src/slack/kit/ids.ts';
import { toldAlone } from '../support/ask-for-rollback.ts';
import { directChannel } from '../support/direct-channel.ts';
import { createWorld, INCIDENTS, type World } from '../support/world.ts';

/** The runbooks' policy, with seconds for minutes. */
const SEVERITIES = `
  P0:
    title: Critical
    criteria: Over half of the users
    respondWithin: 1m
    rollback: { decision: automatic, after: 90s, warnAt: [4s] }
    approval: { roles: [approver] }
    ladder: [{ role: on-call, after: 0s }, { role: team-lead, after: 6s }]
    updates: { every: 8s, stakeholders: true }
  P1: { title: High, criteria: Many users, approval: { roles: [admin] } }
  P2: { title: Medium, criteria: Some users, approval: { roles: [approver], count: 2 } }
  P3: { title: Low, criteria: Few users, approval: { roles: [approver] }, rollback: { decision: next-deployment } }`;

type Declared = { readonly incident: string; readonly card: SlackMessage };

async function declare(person: SlackPerson, title: string, severity: string): Promise<Declared> {
  await person.command('/incident', INCIDENTS);
  await person.waitForView(({ callback_id }) => callback_id === VIEW.declareForm);
  await person.submitView({
    [BLOCK.title]: { text: title },
    [BLOCK.severity]: { chosen: severity },
    [BLOCK.services]: { ticked: ['shop'] },
    [BLOCK.impact]: { text: 'Nobody can pay' },
  });
  const card = await person.waitForMessage(
    INCIDENTS,
    (message) => hasButton(message, incidentActionId('acknowledge')) && readMessage(message).includes(title),
    { what: 'the incident card' },
  );
  const incident = /INC-\d+/.exec(readMessage(card))?.[0];
  if (incident === undefined) throw new Error(`the card names no incident:\n${readMessage(card)}`);
  return { incident, card };
}

const inThread = (person: SlackPerson, { card }: Declared, text: RegExp, timeoutMs = 20_000) =>
  person.waitForMessage(
    INCIDENTS,
    (message) => message.thread_ts === card.ts && text.test(readMessage(message)),
    { what: `a message in the thread that says ${text}`, timeoutMs },
  );

const onCard = (person: SlackPerson, { card }: Declared, text: RegExp) =>
  person.waitForMessage(INCIDENTS, (message) => message.ts === card.ts && text.test(readMessage(message)), {
    what: `the card saying ${text}`,
  });

describe('an incident, from the declaration to the all-clear', () => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld(inject('redisUrl'), { severities: SEVERITIES });
  });
  afterAll(() => world.stop());

  it('climbs its ladder, warns, is held, is told of by people and by itself, and rolls back when somebody says so', async () => {
    const { robin, alex, kim } = world.team;
    const directly = async (person: SlackPerson, text: RegExp) =>
      person.waitForMessage(
        await directChannel(world, person.id),
        (message) => text.test(readMessage(message)),
        {
          what: `a message to ${person.id} that says ${text}`,
        },
      );
    const declared = await declare(robin, 'Checkout fails', 'P0');
    const { card, incident } = declared;
    const before = await world.repository.remoteHead();

    await directly(alex, /You are needed: P0 Checkout fails/);
    alex.press(card, incidentActionId('acknowledge'));
    await onCard(robin, declared, /acknowledged by <@U0ALEX>/);
    const warning = await inThread(
      robin,
      declared,
      /Walkback rolls back by itself: Web shop v1\.4\.0 → v1\.3\.0/,
    );
    kim.press(card, incidentActionId('hold-rollback'));
    await toldAlone(kim, 'That needs the role');
    robin.press(warning, incidentActionId('hold-rollback'));
    await robin.waitForView(({ callback_id }) => callback_id === incidentFormId('hold-rollback'));
    await robin.submitView({ [BLOCK.reason]: { text: 'We see a fix coming' } });
    await inThread(robin, declared, /automatic rollback.*is held.*We see a fix coming/s);
    await directly(world.team.sam, /You are called in as team-lead/);

    // Nobody writes the first update; the second is a person's.
    await inThread(robin, declared, /Automatic update/);
    await kim.waitForMessage(channels.stakeholders.id, (message) =>
      /We have a problem: Checkout fails/.test(readMessage(message)),
    );
    robin.press(card, incidentActionId('update'));
    await robin.waitForView(({ callback_id }) => callback_id === incidentFormId('update'));
    await robin.submitView({
      [BLOCK.status]: { chosen: 'identified' },
      [BLOCK.done]: { text: 'Found the broken release' },
      [BLOCK.next]: { text: 'Roll it back' },
    });
    await inThread(robin, declared, /Found the broken release/);

    expect(await world.repository.remoteHead()).toBe(before);
    robin.press(card, incidentActionId('roll-back'));
    // Who may not approve asks for it instead.
    await robin.waitForView(({ callback_id }) => callback_id === VIEW.rollbackForm);
    await robin.closeViews();
    // The card as it is now: one drawn before it was known what is deployed says something else.
    alex.press(await onCard(alex, declared, /Roll back .*→.* now/), incidentActionId('roll-back'));
    await inThread(robin, declared, /is back on v1.3.0/, 40_000);
    expect(await world.repository.remoteHead()).not.toBe(before);

    robin.press(card, incidentActionId('resolve'));
    await robin.waitForView(({ callback_id }) => callback_id === incidentFormId('resolve'));
    await robin.submitView({ [BLOCK.summary]: { text: 'v1.4.0 broke the checkout; it is rolled back' } });
    await inThread(robin, declared, /v1.4.0 broke the checkout/);
    await onCard(robin, declared, /resolved/);
    await kim.waitForMessage(channels.stakeholders.id, (message) =>
      /It is over.*v1.4.0 broke the checkout/s.test(readMessage(message)),
    );
    robin.press(card, incidentActionId('acknowledge'));
    await toldAlone(robin, 'resolved');
    await robin.command(`/incident timeline ${incident}`, INCIDENTS);
    const timeline = readMessage(await toldAlone(robin, 'Found the broken release'));
    for (const part of ['declared', 'acknowledge', 'We see a fix coming', 'resolved'])
      expect(timeline.toLowerCase()).toContain(part.toLowerCase());
  }, 120_000);

  it('has its rollback approved by the right person, and refuses all others', async () => {
    const { robin, alex, sam, kim } = world.team;
    const declared = await declare(robin, 'Search is slow', 'P1');
    robin.press(declared.card, incidentActionId('roll-back'));
    await robin.waitForView(({ callback_id }) => callback_id === VIEW.rollbackForm);
    await robin.submitView({
      [BLOCK.reason]: { text: 'Search is slow' },
      [BLOCK.commit]: { text: 'v1.2.0' },
    });
    const card = await robin.waitForMessage(
      INCIDENTS,
      (message) => message.thread_ts === declared.card.ts && hasButton(message, ACTION.approve),
      { what: 'the approval card in the thread of the incident' },
    );
    for (const person of [robin, alex, kim]) {
      person.press(card, ACTION.approve);
      await toldAlone(person, 'admin');
    }
    sam.press(card, ACTION.approve);
    await inThread(robin, declared, /is back on v1.2.0/, 40_000);
    await onCard(robin, declared, /RUN-\d+.*succeeded/s);
  }, 90_000);
});
