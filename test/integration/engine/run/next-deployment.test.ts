import { describe, expect, it } from 'vitest';
import { approveRun, breakGlass, denyRun } from '../../../../src/engine/run/answer-approval.ts';
import { cancelRun } from '../../../../src/engine/run/cancel.ts';
import {
  ask,
  aWorld,
  journalOf,
  lock,
  press,
  reasonOf,
  WAIT_MS,
} from '../../../support/drive/approval-world.ts';
import { admin, approver, responder } from '../../../support/drive-world.ts';

describe('a rollback for the next deployment', () => {
  it('holds nothing, is not driven, and takes neither approval nor denial', async () => {
    const world = await aWorld();
    expect(await ask(world, 'P3')).toMatchObject({ kind: 'requested', run: { status: 'deferred' } });
    expect(await lock(world)).toBeUndefined();
    expect(await world.driving.store.open('run')).toEqual(['RUN-1']);
    expect(reasonOf(await approveRun(world.driving, await press(world, approver)))).toBe('next-deployment');
    expect(reasonOf(await denyRun(world.driving, await press(world, approver)))).toBe('next-deployment');
    world.time.now += 10 * WAIT_MS;
    await world.drive();
    expect(await world.load()).toMatchObject({ status: 'deferred' });
    expect(await world.lines('done')).toEqual([]);
  });

  it('is taken off the list by cancelling, which leaves alone the lock of another run', async () => {
    const world = await aWorld();
    await ask(world, 'P3');
    await ask(world, 'P1');
    await cancelRun(world.driving, { run: 'RUN-1', person: responder, reason: null });
    expect(await world.driving.store.open('run')).toEqual(['RUN-2']);
    expect(await lock(world)).toMatchObject({ run: 'RUN-2' });
  });

  it('takes the service when the glass is broken, unless another run is on it', async () => {
    const world = await aWorld();
    await ask(world, 'P1');
    expect(await ask(world, 'P3')).toMatchObject({ kind: 'requested' });
    const answer = await breakGlass(world.driving, await press(world, admin, 'RUN-2'));
    expect(answer).toMatchObject({ refusal: { reason: 'rollback-in-progress', heldBy: 'RUN-1' } });
    expect(await journalOf(world, 'RUN-2')).toEqual([
      'rollback.requested',
      'run.deferred',
      'approval.refused',
    ]);
    await cancelRun(world.driving, { run: 'RUN-1', person: responder, reason: null });
    await breakGlass(world.driving, await press(world, admin, 'RUN-2'));
    expect(await lock(world)).toMatchObject({ run: 'RUN-2' });
  });
});
