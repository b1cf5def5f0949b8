import { describe, expect, it } from 'vitest';
import { loadRun } from '../../../../src/engine/streams/runs.ts';
import type { Modal } from '../../../../src/slack/kit/block-kit.ts';
import { encodeButton } from '../../../../src/slack/kit/button-values.ts';
import { ACTION, BLOCK } from '../../../../src/slack/kit/ids.ts';
import { APPROVER, aDoor, type DoorWorld, ROBIN } from '../../../support/door-world.ts';
import { keepStory } from '../../../support/keep-story.ts';
import { aPlan } from '../../../support/plan-builder.ts';
import { aRun, START } from '../../../support/run-builder.ts';
import { textsOf } from '../../../support/slack-rules.ts';

const TEN = Date.parse('2030-03-01T10:00:00.000Z');
const SENIOR = 'U3SENIOR';
const MAY_BREAK = (team: string): string =>
  team
    .replace('permissions:', 'permissions:\n  breakGlass: [senior]')
    .replace('roles:\n', `roles:\n  senior: [${SENIOR}]\n`);

/** A run that awaits approval at ten, and the door to it. */
async function waiting() {
  const door = await aDoor();
  await door.write('walkback.yml', MAY_BREAK(door.soundTeam));
  const story = aRun()
    .after(TEN - START)
    .replan('branch-moved', aPlan({ parameters: { a: 'b' } }));
  await keepStory(door.store, story);
  const state = async () => (await loadRun(door, 'RUN-31')) ?? expect.fail('no run');
  return { door, story, state };
}

const viewPlan = async (door: DoorWorld, user: string): Promise<Modal> => {
  await door.press(ACTION.viewPlan, encodeButton({ run: 'RUN-31' }), user);
  return door.views.at(-1) ?? expect.fail('no modal');
};
const decide = (door: DoorWorld, view: Modal, decision: string, user: string, reason = '') =>
  door.send(view, { [BLOCK.decision]: { chosen: decision }, [BLOCK.reason]: { value: reason } }, user);
const read = (view: Modal | undefined): string => textsOf(view?.blocks).join('\n');

describe('View plan', () => {
  it('approves the plan that was read', async () => {
    const { door, state } = await waiting();
    await decide(door, await viewPlan(door, APPROVER), 'approve', APPROVER);
    expect(await state()).toMatchObject({ status: 'queued', approvals: [{ by: { id: APPROVER } }] });
  });

  it('denies it, with a reason', async () => {
    const { door, state } = await waiting();
    const view = await viewPlan(door, APPROVER);
    expect(await decide(door, view, 'deny', APPROVER)).toMatchObject({ response_action: 'errors' });
    await decide(door, view, 'deny', APPROVER, 'not at noon');
    expect(await state()).toMatchObject({ status: 'denied', denial: { reason: 'not at noon' } });
  });

  it('offers broken glass to who may, and to nobody else', async () => {
    const { door, state } = await waiting();
    expect(read(await viewPlan(door, APPROVER))).not.toContain('Break glass');
    const view = await viewPlan(door, SENIOR);
    expect(read(view)).toContain('Break glass');
    expect(read(view)).not.toContain('Approve: exactly this plan runs');
    await decide(door, view, 'break-glass', SENIOR, 'all is down');
    expect(await state()).toMatchObject({ status: 'queued', glass: { by: { id: SENIOR } } });
  });

  it('has nothing to send for who may decide nothing, and says why', async () => {
    const { door } = await waiting();
    const view = await viewPlan(door, ROBIN);
    expect(view.submit).toBeUndefined();
    expect(read(view)).toContain('That needs the role');
  });

  it('refuses and records what somebody sent who was offered nothing of it', async () => {
    const { door, state } = await waiting();
    const view = await viewPlan(door, APPROVER);
    for (const decision of ['approve', 'break-glass']) await decide(door, view, decision, ROBIN, 'forged');
    expect((await state()).status).toBe('awaiting_approval');
    const refusals = (await door.store.read('RUN-31')).filter(({ type }) => type === 'approval.refused');
    expect(refusals.map(({ payload }) => payload)).toEqual([
      { press: 'approve', refusal: 'not-permitted' },
      { press: 'break-glass', refusal: 'not-permitted' },
    ]);
  });

  it('older than the plan decides nothing, and shows the new one with what was typed', async () => {
    const { door, story, state } = await waiting();
    const view = await viewPlan(door, APPROVER);
    const before = story.events().length;
    story.replan('playbook-changed', aPlan({ parameters: { a: 'c' } }));
    await keepStory(door.store, story, before);
    await decide(door, view, 'deny', APPROVER, 'not at noon');
    expect((await state()).status).toBe('awaiting_approval');
    const shown = door.views.at(-1);
    expect(read(shown)).toContain('The plan has changed since you saw it, so nothing was decided');
    expect(JSON.stringify(shown)).toContain('"initial_value":"not at noon"');
    expect(shown?.private_metadata).toContain((await state()).digest);
    await decide(door, shown ?? expect.fail(), 'approve', APPROVER);
    expect((await state()).status).toBe('queued');
  });
});

describe('a button on a plan that was replaced', () => {
  it.each([ACTION.approve, ACTION.deny, ACTION.breakGlass])(
    '%s decides nothing and shows the new one',
    async (action) => {
      const { door, state } = await waiting();
      const stale = encodeButton({ run: 'RUN-31', digest: aRun().build().digest });
      await door.press(action, stale, action === ACTION.breakGlass ? SENIOR : APPROVER);
      expect((await state()).status).toBe('awaiting_approval');
      expect(read(door.views.at(-1))).toContain('This is the new one: decide on it.');
    },
  );
});

it.each([
  ['Deny', ACTION.deny],
  ['Break glass', ACTION.breakGlass],
])('%s tells who may not before they type a reason', async (_name, action) => {
  const { door, state } = await waiting();
  await door.press(action, encodeButton({ run: 'RUN-31', digest: (await state()).digest }), ROBIN);
  expect(door.views).toEqual([]);
  expect(door.seen).toEqual([{ in: 'private', text: expect.stringContaining('That needs the role') }]);
});
