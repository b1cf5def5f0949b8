import { describe, expect, it } from 'vitest';
import { loadRun } from '../../../src/engine/streams/runs.ts';
import { encodeButton } from '../../../src/slack/kit/button-values.ts';
import { ACTION } from '../../../src/slack/kit/ids.ts';
import { APPROVER, aDoor, type DoorWorld, ROBIN } from '../../support/door-world.ts';
import { aRun } from '../../support/run-builder.ts';

const RUN = encodeButton({ run: 'RUN-31' });
const halted = () => aRun().approvedBy('U0A').hindered("the git server can't be reached");

/** A run that is approved and stands still; `ROBIN` may decide about it, `APPROVER` may not. */
async function aDoorWith(story = halted()): Promise<DoorWorld> {
  const door = await aDoor();
  for (const event of story.events()) {
    const { stream, actor, at, version } = event;
    const index = version === 1 ? [{ kind: 'open' as const }] : [];
    await door.store.append({ stream, expectedVersion: version - 1, at, actor, events: [event], index });
  }
  return door;
}

const run = async (door: DoorWorld) => {
  const found = await loadRun(door, 'RUN-31');
  if (found === undefined) throw new Error('no run');
  return found;
};
const journal = async (door: DoorWorld) => (await door.store.read('RUN-31')).map(({ type }) => type);
const told = (door: DoorWorld) => door.seen.map(({ text }) => text).join('\n');

describe('Try again, on an approved rollback that could not begin', () => {
  it('has it tried again, with its approvals, and says nothing more to whoever pressed', async () => {
    const door = await aDoorWith();
    await door.press(ACTION.tryAgain, RUN);
    expect(await run(door)).toMatchObject({ status: 'queued', hindrance: null, approvals: [{}] });
    expect(door.seen).toEqual([]);
  });

  it('counts once, however often and by whom it is pressed', async () => {
    const door = await aDoorWith();
    await Promise.all([door.press(ACTION.tryAgain, RUN), door.press(ACTION.tryAgain, RUN, 'U0REQUESTER')]);
    expect((await journal(door)).filter((type) => type === 'start.retried')).toHaveLength(1);
    expect(told(door)).toContain('somebody else was faster');
  });

  it('is refused to whoever may not decide, naming who may', async () => {
    const door = await aDoorWith();
    await door.press(ACTION.tryAgain, RUN, APPROVER);
    expect(told(door)).toContain('`responder`');
    expect(await run(door)).toMatchObject({ hindrance: { until: null } });
  });

  it.each([
    ['waits for approval', aRun(), 'awaiting_approval'],
    ['is being tried by itself', halted().hindered('away', '2026-01-05T03:05:00.000Z'), 'queued'],
    ['runs', halted().started(), 'running'],
    ['is over', halted().cancelled('no need'), 'cancelled'],
  ])('forged for a run that %s, changes nothing', async (_how, story, status) => {
    const door = await aDoorWith(story);
    const before = await journal(door);
    await door.press(ACTION.tryAgain, RUN);
    expect(await journal(door)).toEqual(before);
    expect((await run(door)).status).toBe(status);
    expect(door.seen).toHaveLength(1);
  });

  it('forged for a run that never was, or with a value that is none, is answered with a sentence', async () => {
    const door = await aDoorWith();
    await door.press(ACTION.tryAgain, encodeButton({ run: 'RUN-99' }));
    await door.press(ACTION.tryAgain, '{"run":7}');
    expect(door.seen).toHaveLength(2);
    expect(await run(door)).toMatchObject({ hindrance: { until: null } });
  });
});

describe('Cancel rollback, on an approved rollback that could not begin', () => {
  it('ends it, once', async () => {
    const door = await aDoorWith();
    await Promise.all([door.press(ACTION.cancelRun, RUN), door.press(ACTION.cancelRun, RUN)]);
    expect(await run(door)).toMatchObject({ status: 'cancelled', cancel: { by: { id: ROBIN } } });
    expect((await journal(door)).filter((type) => type === 'run.cancelled')).toHaveLength(1);
  });

  it('is refused to whoever has nothing to do with it', async () => {
    const door = await aDoorWith();
    await door.press(ACTION.cancelRun, RUN, 'U9STRANGER');
    expect((await run(door)).status).toBe('queued');
    expect(door.seen).toHaveLength(1);
  });
});
