import { describe, expect, it } from 'vitest';
import type { Driving } from '../../../../src/engine/drive/driving.ts';
import { unlockService } from '../../../../src/engine/run/cancel.ts';
import { dieDuring, since } from '../../../support/drive/drive-story.ts';
import { aDriveWorld, admin, gated, isAlive } from '../../../support/drive-world.ts';

describe('a driver that finds a step in flight, of a worker that died', () => {
  it('kills what is left of it and runs it again, as another attempt, where that is safe', async () => {
    const world = await aDriveWorld({ steps: [gated('deploy', 'repeatable: true')] });
    const left = await dieDuring(world, 'deploy');
    const driven = world.drive('two');
    const again = await world.begun('deploy');
    expect(await isAlive(left)).toBe(false);
    expect(again).not.toBe(left);
    await world.open('deploy');
    await driven;
    expect(await since(world)).toEqual([
      'run.started',
      'step.started deploy 1',
      'step.started deploy 2',
      'step.finished deploy 2 succeeded',
      'step.started healthy 1',
      'step.finished healthy 1 succeeded',
      'run.succeeded',
    ]);
    expect(await world.lines('done')).toEqual(['deploy', 'deploy', 'deploy went on']);
  });

  it('kills what is left of it and asks a person, where it is not', async () => {
    const world = await aDriveWorld({ steps: [gated('deploy')] });
    const left = await dieDuring(world, 'deploy');
    expect(await world.drive('two')).toBe('done');
    expect(await isAlive(left)).toBe(false);
    expect(await world.load()).toMatchObject({
      status: 'waiting',
      steps: [{ status: 'interrupted', attempt: 1 }, {}],
    });
    expect(await world.lines('done')).toEqual(['deploy']);
    await world.answer('retry');
    const driven = world.drive('three');
    await world.begun('deploy');
    await world.open('deploy');
    await driven;
    expect(await world.load()).toMatchObject({ status: 'succeeded', steps: [{ attempt: 2 }, {}] });
  });

  it.each(['', 'repeatable: true'])('is not put off by a press recorded meanwhile (%s)', async (more) => {
    const world = await aDriveWorld({ steps: [gated('deploy', more)] });
    await dieDuring(world, 'deploy');
    const { store } = world.driving;
    let presses = 0;
    const append: Driving['store']['append'] = async (request) => {
      if (presses++ === 0) await world.pressStale();
      return store.append(request);
    };
    const driven = world.drive('two', { store: { ...store, append } });
    if (more !== '') {
      await world.begun('deploy');
      await world.open('deploy');
    }
    await driven;
    expect((await world.load()).status).toBe(more === '' ? 'waiting' : 'succeeded');
  });

  it('kills what is left of it as well when the run was ended by an admin meanwhile', async () => {
    const world = await aDriveWorld({ steps: [gated('deploy')] });
    const left = await dieDuring(world, 'deploy');
    await unlockService(world.driving, {
      ...{ service: 'shop', environment: 'production', person: admin, reason: 'lost' },
    });
    await world.drive('two');
    expect(await isAlive(left)).toBe(false);
    expect(await world.load()).toMatchObject({ status: 'cancelled' });
  });
});
