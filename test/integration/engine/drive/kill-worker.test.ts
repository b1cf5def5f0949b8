import { expect, it } from 'vitest';
import { hasEnded } from '../../../../src/domain/run/run.ts';
import { aCommand, aDriveWorld, type DriveWorld, gated, isAlive } from '../../../support/drive-world.ts';
import { startWorkerProcess } from '../../../support/worker-process.ts';

const aWorker = ({ root, redis: { url, namespace } }: DriveWorld) =>
  startWorkerProcess({ root, redisUrl: url, namespace });

/** A world at the moment when a worker process is in the middle of its first step. */
async function inTheMiddle(more: string) {
  const world = await aDriveWorld({
    steps: [gated('deploy', more), aCommand('after', 'echo after >> done')],
  });
  world.time.now = Date.now();
  await world.makeGate('deploy');
  const worker = await aWorker(world);
  await world.request();
  return { world, worker, pid: await world.begun('deploy') };
}

const startedAttempts = async (world: DriveWorld, step: string) =>
  (await world.journal()).filter((line) => line.startsWith(`step.started ${step} `)).length;

it('kill -9 during a step that is safe to repeat: another worker kills what was left and runs it again', async () => {
  const { world, worker, pid } = await inTheMiddle('repeatable: true');
  await worker.kill();
  expect(await isAlive(pid)).toBe(true);
  await aWorker(world);
  await world.begun('deploy');
  expect(await isAlive(pid)).toBe(false);
  await world.open('deploy');
  expect(await world.until(hasEnded)).toMatchObject({
    status: 'succeeded',
    steps: [{ attempt: 2 }, { attempt: 1 }, { attempt: 1 }],
  });
  expect(await world.lines('done')).toEqual(['deploy', 'deploy', 'deploy went on', 'after']);
  expect(await startedAttempts(world, 'deploy')).toBe(2);
});

it('kill -9 during a step that is not: what was left is killed, a person is asked, and Retry goes on', async () => {
  const { world, worker, pid } = await inTheMiddle('');
  await worker.kill();
  await aWorker(world);
  const asked = await world.until(({ status }) => status === 'waiting');
  expect(asked.steps[0]).toMatchObject({ status: 'interrupted', attempt: 1 });
  expect(await world.lines('done')).toEqual(['deploy']);
  await world.answer('retry');
  await world.begun('deploy');
  expect(await isAlive(pid)).toBe(false);
  await world.open('deploy');
  expect(await world.until(hasEnded)).toMatchObject({ status: 'succeeded', steps: [{ attempt: 2 }, {}, {}] });
  expect(await world.lines('done')).toEqual(['deploy', 'deploy', 'deploy went on', 'after']);
  expect(await startedAttempts(world, 'deploy')).toBe(2);
});

it('a worker that is asked to stop finishes its step and ends well; the next worker does only the rest', async () => {
  const { world, worker, pid } = await inTheMiddle('');
  const stopped = worker.stop();
  await aWorker(world);
  expect(await isAlive(pid)).toBe(true);
  await world.open('deploy');
  expect(await stopped).toBe(0);
  expect(await world.until(hasEnded)).toMatchObject({
    status: 'succeeded',
    steps: [{ attempt: 1 }, { attempt: 1 }, { attempt: 1 }],
  });
  expect(await world.lines('done')).toEqual(['deploy', 'deploy went on', 'after']);
});

it('a worker that is asked to stop twice ends its step and what runs of it; the next worker finds it as after a crash', async () => {
  const { world, worker, pid } = await inTheMiddle('');
  const stopped = worker.stop();
  expect(await worker.says('stopping: finishing')).toContain('“Do deploy” of RUN-1');
  void worker.stop();
  expect(await stopped).toBe(0);
  expect(await isAlive(pid)).toBe(false);
  expect((await world.load()).steps[0]).toMatchObject({ status: 'running', attempt: 1 });
  await aWorker(world);
  const asked = await world.until(({ status }) => status === 'waiting');
  expect(asked.steps[0]).toMatchObject({ status: 'interrupted', attempt: 1 });
  expect(await world.lines('done')).toEqual(['deploy']);
});

it('several workers at once run every step of a run once', async () => {
  const world = await aDriveWorld({
    steps: ['one', 'two', 'three'].map((id) => aCommand(id, `echo ${id} >> done`)),
  });
  world.time.now = Date.now();
  await Promise.all([aWorker(world), aWorker(world), aWorker(world)]);
  await world.request();
  expect(await world.until(hasEnded)).toMatchObject({ status: 'succeeded' });
  expect(await world.lines('done')).toEqual(['one', 'two', 'three']);
});
