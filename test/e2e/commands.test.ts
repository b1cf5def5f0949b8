import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { hasButton, readMessage } from '../../src/demo/slack-person.ts';
import { demoApp } from '../../src/demo/slack-workspace.ts';
import { ACTION, BLOCK, VIEW } from '../../src/slack/kit/ids.ts';
import { askForRollback, toldAlone } from '../support/ask-for-rollback.ts';
import { createWorld, INCIDENTS, type World } from '../support/world.ts';

describe('what people type', () => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld(inject('redisUrl'));
  });
  afterAll(() => world.stop());

  it('shows a plan that starts nothing', async () => {
    const { robin } = world.team;
    await robin.command('/rollback plan shop v1.2.0', INCIDENTS);
    const plan = readMessage(await toldAlone(robin, 'Nothing was started'));
    expect(plan).toContain('/rollback shop v1.2.0');
    expect(plan).toContain('deploying $WALKBACK_TARGET_RELEASE');
  });

  it.each([
    ['plan nonsense', /nonsense/],
    ['plan shop --output=/tmp/x', /--output/],
    ['plan shop no-such-tag', /no-such-tag/],
    ['plan shop v1.4.0', /already/],
    ['status RUN-999', /RUN-999/],
    ['cancel RUN-999', /RUN-999/],
    ['unlock shop', /admin/],
    ['unlock shop production because', /admin/],
  ])('answers `/rollback %s` with what is wrong', async (text, answer) => {
    const { robin } = world.team;
    await robin.command(`/rollback ${text}`, INCIDENTS);
    await toldAlone(robin, answer);
  });

  it('helps with what a person may do, and nothing else', async () => {
    const { robin, kim } = world.team;
    await robin.command('/rollback help', INCIDENTS);
    expect(readMessage(await toldAlone(robin, '/rollback plan'))).toContain('ask for a rollback');
    await kim.command('/rollback help', INCIDENTS);
    expect(readMessage(await toldAlone(kim, '/rollback plan'))).not.toContain('ask for a rollback');
  });

  it('tells somebody without the role why there is no form', async () => {
    const { kim } = world.team;
    await kim.command('/rollback shop', INCIDENTS);
    await toldAlone(kim, 'That needs the role `responder`');
  });

  it('keeps what was typed when the form is refused', async () => {
    const { robin } = world.team;
    await robin.command('/rollback shop', INCIDENTS);
    await robin.waitForView(({ callback_id }) => callback_id === VIEW.rollbackForm);
    const empty = await robin.submitView({ [BLOCK.reason]: { text: ' ' } });
    expect(empty).toMatchObject({ kind: 'errors', errors: { [BLOCK.reason]: expect.any(String) } });
    await robin.submitView({
      [BLOCK.severity]: { chosen: 'P0' },
      [BLOCK.reason]: { text: 'It is broken' },
      [BLOCK.commit]: { text: 'nowhere' },
    });
    const refused = await robin.waitForView((view) => JSON.stringify(view).includes('nowhere'));
    expect(JSON.stringify(refused)).toContain('It is broken');
    await robin.closeViews();
  });

  it('hears a mention in a thread, opens the form from a button, and posts into that thread', async () => {
    const { robin } = world.team;
    await robin.say('Something is odd', INCIDENTS);
    const root = await robin.waitForMessage(INCIDENTS, ({ text }) => text === 'Something is odd');
    await robin.say(`<@${demoApp.botUserId}> thanks`, INCIDENTS, root.ts);
    await toldAlone(robin, '@walkback rollback help');
    await robin.say(`<@${demoApp.botUserId}> rollback shop v1.2.0`, INCIDENTS, root.ts);
    const offer = await robin.waitForMessage(INCIDENTS, (message) =>
      hasButton(message, ACTION.openRollbackForm),
    );
    expect(offer.thread_ts).toBe(root.ts);
    robin.press(offer, ACTION.openRollbackForm);
    await robin.waitForView(({ callback_id }) => callback_id === VIEW.rollbackForm);
    await robin.submitView({ [BLOCK.severity]: { chosen: 'P0' }, [BLOCK.reason]: { text: 'Odd' } });
    const card = await robin.waitForMessage(INCIDENTS, (message) => hasButton(message, ACTION.approve));
    expect(card.thread_ts).toBe(root.ts);
    expect(readMessage(card)).toContain('v1.2.0');
    const run = /RUN-\d+/.exec(readMessage(card))?.[0];
    await robin.command(`/rollback cancel ${run}`, INCIDENTS);
    await toldAlone(robin, `${run} is cancelled`);
  });

  it('lists rollbacks and how one stands; an admin breaks a lock with a reason', async () => {
    const { robin, sam } = world.team;
    const asked = await askForRollback(robin);
    await robin.command('/rollback list', INCIDENTS);
    await toldAlone(robin, `${asked.run}.* awaiting approval`);
    await robin.command(`/rollback status ${asked.run}`, INCIDENTS);
    await toldAlone(robin, 'waiting for approval');
    await sam.command('/rollback unlock shop production its worker is gone', INCIDENTS);
    await toldAlone(sam, 'free again');
    await askForRollback(robin);
  });
});
