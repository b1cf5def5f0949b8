import { describe, expect, it } from 'vitest';
import { driveFollowOn } from '../../../../src/engine/drive/drive-follow-on.ts';
import { approveRun, breakGlass, expireApproval } from '../../../../src/engine/run/answer-approval.ts';
import { changeRun } from '../../../../src/engine/streams/runs.ts';
import {
  ask,
  aWorld,
  declare,
  lock,
  press,
  reasonOf,
  WAIT_MS,
} from '../../../support/drive/approval-world.ts';
import { admin, approver } from '../../../support/drive-world.ts';

describe('an approval that nobody gave in time', () => {
  it('is asked of the rung above, once, and whoever is on it may approve and start the run', async () => {
    const world = await aWorld();
    await ask(world, 'P0');
    world.time.now += WAIT_MS;
    await expireApproval(world.driving, await press(world));
    expect(await world.load()).toMatchObject({
      status: 'awaiting_approval',
      raised: { roles: ['admin'] },
      expiresAt: new Date(world.time.now + WAIT_MS).toISOString(),
    });
    expect(await approveRun(world.driving, await press(world))).toMatchObject({ kind: 'accepted' });
    await world.drive();
    expect(await world.load()).toMatchObject({ status: 'succeeded' });
  });

  it('expires for good the second time, with the timer of the first one come again in between', async () => {
    const world = await aWorld();
    await ask(world, 'P0');
    const first = (await world.load()).expiresAt;
    const { digest } = await press(world);
    const session = { driver: 'one', stopping: () => false };
    const expire = (at: string) =>
      driveFollowOn(world.driving, { kind: 'expire', run: 'RUN-1', digest, at }, session);
    world.time.now += WAIT_MS;
    await expire(first);
    await expire(first);
    const second = (await world.load()).expiresAt;
    expect(world.added.at(-1)).toMatchObject({ kind: 'expire', at: second });
    world.time.now += WAIT_MS;
    await expire(second);
    expect(await world.journal()).toEqual(['rollback.requested', 'approval.raised', 'approval.expired']);
    expect(await lock(world)).toBeUndefined();
  });

  it('is raised by any drive, should its timer be lost', async () => {
    const world = await aWorld();
    await ask(world, 'P0');
    world.time.now += WAIT_MS;
    await world.drive();
    expect(await world.journal()).toEqual(['rollback.requested', 'approval.raised']);
  });
});

describe('breaking the glass', () => {
  it('starts a run without its approvals, and stays on it; presses that do not count are recorded', async () => {
    const world = await aWorld();
    await ask(world, 'P2', await declare(world, 'P2'));
    expect(reasonOf(await breakGlass(world.driving, await press(world, approver)))).toBe('not-permitted');
    await breakGlass(world.driving, await press(world));
    await world.drive();
    expect((await world.journal()).slice(0, 5)).toEqual([
      'rollback.requested',
      'approval.refused',
      'glass.broken',
      'run.queued',
      'run.started',
    ]);
    expect(await world.load()).toMatchObject({
      status: 'succeeded',
      incident: 'INC-1',
      glass: { by: { id: admin.id }, reason: 'nobody answers and the shop is down' },
    });
  });
});

it('a run that was queued without its approvals is not started, whatever put it there', async () => {
  const world = await aWorld();
  await ask(world, 'P1');
  const { digest } = await press(world);
  await changeRun(world.driving, {
    run: 'RUN-1',
    actor: { kind: 'system', name: 'a bug' },
    decide: () => ({ kind: 'accepted', events: [{ type: 'run.queued', payload: { digest } }] }),
  });
  await world.drive();
  expect(await world.load()).toMatchObject({
    status: 'failed',
    ending: 'not started: it lacked the approvals that P1 demands',
  });
  expect(await world.lines('done')).toEqual([]);
});
