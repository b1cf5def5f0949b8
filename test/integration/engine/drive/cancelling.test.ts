import { describe, expect, it } from 'vitest';
import type { Driving } from '../../../../src/engine/drive/driving.ts';
import { dieDuring, since } from '../../../support/drive/drive-story.ts';
import { aCommand, aDriveWorld, gated, isAlive } from '../../../support/drive-world.ts';

describe('cancelling', () => {
  it('during a step kills its process, ends the run, and runs nothing more', async () => {
    const world = await aDriveWorld({ steps: [gated('deploy'), aCommand('after', 'echo after >> done')] });
    await world.makeGate('deploy');
    await world.request();
    const driven = world.drive();
    const pid = await world.begun('deploy');
    await world.cancel();
    expect(await driven).toBe('done');
    expect(await isAlive(pid)).toBe(false);
    expect(await since(world)).toEqual([
      'run.started',
      'step.started deploy 1',
      'cancel.requested',
      'step.finished deploy 1 cancelled',
      'run.cancelled',
    ]);
    expect(await world.lines('done')).toEqual(['deploy']);
    expect(await world.driving.store.lockOf('shop', 'production')).toBeUndefined();
  });

  it('in the moment between the journal and the start of the step is not missed', async () => {
    const world = await aDriveWorld({ steps: [gated('deploy')] });
    await world.makeGate('deploy');
    await world.request();
    const { store } = world.driving;
    const append: Driving['store']['append'] = async (request) => {
      const result = await store.append(request);
      if (request.events.some(({ type }) => type === 'step.started')) await world.cancel();
      return result;
    };
    // Nobody is told of what happens before the watch begins, and of nothing afterwards.
    const deaf = { watch: () => () => undefined };
    expect(await world.drive('one', { store: { ...store, append }, changes: deaf })).toBe('done');
    expect(await world.load()).toMatchObject({ status: 'cancelled' });
  });

  it('during a step whose worker is dead kills what it left running', async () => {
    const world = await aDriveWorld({ steps: [gated('deploy')] });
    const pid = await dieDuring(world, 'deploy');
    await world.cancel();
    await world.drive('two');
    expect(await isAlive(pid)).toBe(false);
    expect((await world.journal()).slice(-3)).toEqual([
      'cancel.requested',
      'step.finished deploy 1 cancelled',
      'run.cancelled',
    ]);
  });
});
