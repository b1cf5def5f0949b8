import { describe, expect, it } from 'vitest';
import { driveFollowOn } from '../../../../src/engine/drive/drive-follow-on.ts';
import { unlockService } from '../../../../src/engine/run/cancel.ts';
import { since } from '../../../support/drive/drive-story.ts';
import { aCommand, aDriveWorld, admin, gated, isAlive } from '../../../support/drive-world.ts';

describe('a driver that was superseded', () => {
  it('by an admin who broke the lock kills its process and writes nothing more', async () => {
    const world = await aDriveWorld({ steps: [gated('deploy'), aCommand('after', 'echo after >> done')] });
    await world.makeGate('deploy');
    await world.request();
    const driven = world.drive();
    const pid = await world.begun('deploy');
    await unlockService(world.driving, {
      ...{ service: 'shop', environment: 'production', person: admin, reason: 'lost' },
    });
    expect(await driven).toBe('done');
    expect(await isAlive(pid)).toBe(false);
    expect(await since(world)).toEqual([
      'run.started',
      'step.started deploy 1',
      'cancel.requested',
      'run.cancelled',
    ]);
    expect(await world.lines('done')).toEqual(['deploy']);
  });

  it('and is told by nobody writes nothing more all the same', async () => {
    const world = await aDriveWorld({ steps: [gated('deploy'), aCommand('after', 'echo after >> done')] });
    await world.makeGate('deploy');
    await world.request();
    const deaf = { watch: () => () => undefined };
    const driven = world.drive('one', { changes: deaf });
    await world.begun('deploy');
    await unlockService(world.driving, {
      ...{ service: 'shop', environment: 'production', person: admin, reason: 'lost' },
    });
    await world.open('deploy');
    expect(await driven).toBe('done');
    expect((await world.journal()).at(-1)).toBe('run.cancelled');
    expect(await world.lines('done')).toEqual(['deploy', 'deploy went on']);
  });

  it('by another driver kills its process and leaves the run to the other', async () => {
    const world = await aDriveWorld({
      steps: [gated('deploy', 'repeatable: true'), aCommand('after', 'true')],
    });
    await world.makeGate('deploy');
    await world.request();
    const first = world.drive('one');
    const pid = await world.begun('deploy');
    const second = world.drive('two');
    const again = await world.begun('deploy');
    expect(await first).toBe('done');
    expect(await isAlive(pid)).toBe(false);
    expect(await isAlive(again)).toBe(true);
    await world.open('deploy');
    await second;
    const events = await world.driving.store.read('RUN-1');
    const drivers = events.flatMap((event) => (event.type === 'step.started' ? [event.payload.driver] : []));
    expect(drivers).toEqual(['one', 'two', 'two', 'two']);
    expect(await world.lines('done')).toEqual(['deploy', 'deploy', 'deploy went on']);
  });
});

describe('a job that was given out again', () => {
  it('while its session lives touches nothing, and is looked at again in a while', async () => {
    const world = await aDriveWorld({ steps: [gated('deploy')] });
    await world.makeGate('deploy');
    await world.request();
    const work = { kind: 'drive', run: 'RUN-1' } as const;
    const first = driveFollowOn(world.driving, work, { driver: 'one', stopping: () => false });
    const pid = await world.begun('deploy');
    await driveFollowOn(world.driving, work, { driver: 'two', stopping: () => false });
    expect(await isAlive(pid)).toBe(true);
    expect(world.added).toContainEqual(expect.objectContaining({ kind: 'wake', run: 'RUN-1' }));
    await world.open('deploy');
    await first;
    expect(await world.load()).toMatchObject({ status: 'succeeded', steps: [{ attempt: 1 }, {}] });
  });

  it('after its session broke off with an error asks a person, or repeats what is safe to repeat', async () => {
    const world = await aDriveWorld({ steps: [aCommand('deploy', 'echo deployed | tee -a done')] });
    await world.request();
    const work = { kind: 'drive', run: 'RUN-1' } as const;
    const output = { ...world.driving.output, tail: () => Promise.reject(new Error('out of memory')) };
    const session = { driver: 'one', stopping: () => false };
    await expect(driveFollowOn({ ...world.driving, output }, work, session)).rejects.toThrow('out of memory');
    await driveFollowOn(world.driving, work, { ...session, driver: 'two' });
    expect(await world.load()).toMatchObject({ status: 'waiting', steps: [{ status: 'interrupted' }, {}] });
  });
});

describe('a driver is not disturbed', () => {
  it('by a press that does not count, recorded during its step', async () => {
    const world = await aDriveWorld({ steps: [gated('deploy'), aCommand('after', 'echo after >> done')] });
    await world.makeGate('deploy');
    await world.request();
    const driven = world.drive();
    await world.begun('deploy');
    expect(await world.pressStale()).toMatchObject({ kind: 'refused' });
    await world.open('deploy');
    await driven;
    expect(await world.load()).toMatchObject({ status: 'succeeded' });
    expect(await world.journal()).toContain('approval.refused');
    expect(await world.lines('done')).toEqual(['deploy', 'deploy went on', 'after']);
  });
});

describe('a worker that is asked to stop', () => {
  it('finishes the step in hand, and the next worker goes on with the next step', async () => {
    const world = await aDriveWorld({ steps: [gated('deploy'), aCommand('after', 'echo after >> done')] });
    await world.makeGate('deploy');
    await world.request();
    let stopping = false;
    const session = { driver: 'one', stopping: () => stopping };
    const driven = driveFollowOn(world.driving, { kind: 'drive', run: 'RUN-1' }, session);
    await world.begun('deploy');
    stopping = true;
    await world.open('deploy');
    await driven;
    expect(await since(world)).toEqual([
      'run.started',
      'step.started deploy 1',
      'step.finished deploy 1 succeeded',
    ]);
    expect(world.added).toContainEqual({ kind: 'drive', run: 'RUN-1' });
    await world.drive('two');
    expect(await world.load()).toMatchObject({
      status: 'succeeded',
      steps: [{ attempt: 1 }, { attempt: 1 }, {}],
    });
    expect(await world.lines('done')).toEqual(['deploy', 'deploy went on', 'after']);
  });
});
