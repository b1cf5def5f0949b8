import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readMessage } from '../../src/demo/slack-person.ts';
import { ACTION, BLOCK, VIEW } from '../../src/slack/kit/ids.ts';
import { askForRollback, inThread, toldAlone } from '../support/ask-for-rollback.ts';
import { directChannel } from '../support/direct-channel.ts';
import { createWorld, INCIDENTS, type World } from '../support/world.ts';

const SEVERITIES = `
  P0: { title: Critical, criteria: Most users, approval: { roles: [approver] } }
  P1: { title: High, criteria: Many users, approval: { roles: [admin] } }
  P2: { title: Medium, criteria: Some users, approval: { roles: [approver], count: 2 } }
  P3: { title: Low, criteria: Few users, approval: { roles: [approver] }, rollback: { decision: next-deployment } }`;

describe('breaking the glass', () => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld(inject('redisUrl'), { severities: SEVERITIES });
  });
  afterAll(() => world.stop());

  it('starts what waits for the next deployment, is announced to all, and is refused to others', async () => {
    const { robin, kim, sam } = world.team;
    const asked = await askForRollback(robin, { severity: 'P3', button: ACTION.cancelRun });
    const { card } = asked;
    robin.press(card, ACTION.viewPlan);
    const shown = await robin.waitForView(({ callback_id }) => callback_id === VIEW.plan);
    expect(JSON.stringify(shown)).not.toContain('Break glass');
    await robin.closeViews();

    sam.press(card, ACTION.viewPlan);
    await sam.waitForView((view) => JSON.stringify(view).includes('Break glass'));
    const decision = { chosen: 'break-glass' };
    expect(await sam.submitView({ [BLOCK.decision]: decision })).toMatchObject({ kind: 'errors' });
    await sam.submitView({
      [BLOCK.decision]: decision,
      [BLOCK.reason]: { text: 'It got worse within minutes' },
    });
    const announced = await kim.waitForMessage(
      INCIDENTS,
      (message) => message.thread_ts === undefined && readMessage(message).includes('broke the glass'),
    );
    expect(readMessage(announced)).toContain('It got worse within minutes');
    // Whoever broke it knows, and hears directly how it ended.
    await sam.waitForMessage(await directChannel(world, sam.id), (message) =>
      readMessage(message).includes('is back on'),
    );
    const done = await inThread(robin, asked, 'is back on');
    expect(readMessage(done)).toContain('Glass broken by');
    await robin.command('/rollback list', INCIDENTS);
    expect(readMessage(await toldAlone(robin, 'Rollbacks'))).toContain('glass broken by');
  });
});
