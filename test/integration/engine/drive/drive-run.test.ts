import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { driveFollowOn } from '../../../../src/engine/drive/drive-follow-on.ts';
import type { Driving } from '../../../../src/engine/drive/driving.ts';
import { unlockService } from '../../../../src/engine/run/cancel.ts';
import { changeRun } from '../../../../src/engine/streams/runs.ts';
import {
  aCommand,
  aDriveWorld,
  admin,
  type DriveWorld,
  gated,
  isAlive,
} from '../../../support/drive-world.ts';

const GIT = '{ id: undo, title: Take the branch back, git: {} }';
const APPROVED = ['rollback.requested', 'approval.granted', 'run.queued'];

const since = async (world: DriveWorld, count = APPROVED.length) => (await world.journal()).slice(count);

describe('a run that goes well', () => {
  it('takes the branch back, deploys, verifies, and frees the service', async () => {
    const world = await aDriveWorld({
      steps: [GIT, aCommand('deploy', 'echo "$WALKBACK_TARGET_RELEASE" >> done')],
    });
    await world.request();
    expect(await world.drive()).toBe('done');
    expect(await since(world)).toEqual([
      'run.started',
      'step.started undo 1',
      'step.finished undo 1 succeeded',
      'step.started deploy 1',
      'step.finished deploy 1 succeeded',
      'step.started healthy 1',
      'step.finished healthy 1 succeeded',
      'run.succeeded',
    ]);
    expect(await world.lines('done')).toEqual(['v1.0.0']);
    const run = await world.load();
    expect(run.steps[0]?.commit).toBe(await world.repository.remoteHead());
    expect(await world.repository.remoteGit('show', 'main:version')).toBe('1.0');
    expect(await world.driving.store.lockOf('shop', 'production')).toBeUndefined();
    expect(await world.driving.store.open('run')).toEqual([]);
  });

  it('does nothing before it is approved, and nothing after it has ended', async () => {
    const world = await aDriveWorld({ steps: [aCommand('deploy', 'echo deployed >> done')] });
    await world.request();
    const unapproved = { run: 'RUN-2', driver: 'one', stopping: () => false };
    await world.drive();
    const before = await world.journal();
    expect(await world.drive('two')).toBe('done');
    expect(await world.journal()).toEqual(before);
    expect(await driveFollowOn(world.driving, { kind: 'drive', run: 'RUN-2' }, unapproved)).toBeUndefined();
    expect(await world.lines('done')).toEqual(['deployed']);
  });
});

describe('a step that fails', () => {
  const failsOnce = aCommand(
    'deploy',
    'echo tried >> done; echo "no space left"; test "$(wc -l < done)" -gt 1',
  );

  it('waits for a person, with the end of its output; Retry runs it again and goes on', async () => {
    const world = await aDriveWorld({ steps: [failsOnce, aCommand('after', 'echo after >> done')] });
    await world.request();
    await world.drive();
    const failed = await world.load();
    expect(failed).toMatchObject({
      status: 'waiting',
      steps: [{ status: 'failed', tail: 'no space left' }, {}, {}],
    });
    expect(failed.steps[0]?.summary).toContain('exit code 1');
    expect(await world.lines('done')).toEqual(['tried']);
    await world.answer('retry');
    await world.drive('two');
    expect(await world.load()).toMatchObject({
      status: 'succeeded',
      steps: [{ attempt: 2 }, { attempt: 1 }, {}],
    });
    expect(await world.lines('done')).toEqual(['tried', 'tried', 'after']);
  });

  it('that is skipped is not run, and the next one is', async () => {
    const world = await aDriveWorld({
      steps: [aCommand('deploy', 'exit 3'), aCommand('after', 'echo after >> done')],
    });
    await world.request();
    await world.drive();
    await world.answer('skip');
    await world.drive('two');
    expect(await world.load()).toMatchObject({ status: 'succeeded', steps: [{ status: 'skipped' }, {}, {}] });
    expect(await world.lines('done')).toEqual(['after']);
  });

  it('that is aborted fails the run, runs nothing more, and frees the service', async () => {
    const world = await aDriveWorld({
      steps: [aCommand('deploy', 'exit 3'), aCommand('after', 'echo after >> done')],
    });
    await world.request();
    await world.drive();
    await world.answer('abort');
    await world.drive('two');
    expect(await world.load()).toMatchObject({ status: 'failed' });
    expect(await world.lines('done')).toEqual([]);
    expect(await world.driving.store.lockOf('shop', 'production')).toBeUndefined();
  });

  it('is tried by itself as often as the playbook says, in one attempt', async () => {
    const world = await aDriveWorld({
      steps: [aCommand('deploy', 'echo tried >> done; test "$(wc -l < done)" -gt 2', 'retries: 2')],
    });
    await world.request();
    await world.drive();
    expect(await world.load()).toMatchObject({ status: 'succeeded', steps: [{ attempt: 1 }, {}] });
    expect(await world.lines('done')).toEqual(['tried', 'tried', 'tried']);
  });

  it('of the verification fails no run by itself, but is never passed over', async () => {
    const world = await aDriveWorld({
      steps: [aCommand('deploy', 'true')],
      verify: aCommand('healthy', 'exit 1'),
    });
    await world.request();
    await world.drive();
    expect(await world.load()).toMatchObject({ status: 'waiting' });
    expect(await world.answer('skip')).toMatchObject({ refusal: { reason: 'verification-not-skippable' } });
  });
});

describe('a step that waits', () => {
  const look = '{ id: look, title: Look, manual: { instruction: Is it well?, role: responder } }';

  it('for a person goes on after Done', async () => {
    const world = await aDriveWorld({ steps: [look, aCommand('after', 'echo after >> done')] });
    await world.request();
    expect(await world.drive()).toBe('done');
    expect(await since(world)).toEqual(['run.started', 'step.started look 1', 'step.waiting look 1']);
    await world.drive('two');
    expect(await world.lines('done')).toEqual([]);
    await world.answer('done');
    await world.drive('three');
    expect(await world.load()).toMatchObject({ status: 'succeeded' });
    expect(await world.lines('done')).toEqual(['after']);
  });

  it('for a person waits for a decision after Can’t do', async () => {
    const world = await aDriveWorld({ steps: [look, aCommand('after', 'echo after >> done')] });
    await world.request();
    await world.drive();
    await world.answer('cannot');
    await world.drive('two');
    expect(await world.load()).toMatchObject({ status: 'waiting', steps: [{ status: 'failed' }, {}, {}] });
    await world.answer('skip');
    await world.drive('three');
    expect(await world.lines('done')).toEqual(['after']);
  });

  it('for a time goes on at that time; woken too early, it sets its timer again', async () => {
    const world = await aDriveWorld({
      steps: ['{ id: settle, title: Settle, wait: 10m }', aCommand('after', 'echo after >> done')],
    });
    await world.request();
    await world.drive();
    const until = new Date(world.time.now + 600_000).toISOString();
    expect((await world.load()).steps[0]).toMatchObject({ status: 'waiting', waitingUntil: until });
    world.time.now += 599_999;
    await world.drive('two');
    expect(world.added).toContainEqual({ kind: 'wake', run: 'RUN-1', at: until });
    expect(await world.lines('done')).toEqual([]);
    world.time.now += 1;
    await world.drive('three');
    expect(await world.load()).toMatchObject({ status: 'succeeded' });
    expect(await world.lines('done')).toEqual(['after']);
  });
});

describe('an approval', () => {
  it('that is asked to expire too early is asked again', async () => {
    const world = await aDriveWorld({ steps: [aCommand('deploy', 'true')] });
    await world.request();
    await world.writePlaybook({ steps: [aCommand('deploy', 'echo other')] });
    await world.drive();
    const { digest, expiresAt } = await world.load();
    const expire = { kind: 'expire', run: 'RUN-1', digest, at: expiresAt } as const;
    const session = { driver: 'one', stopping: () => false };
    world.time.now = Date.parse(expiresAt) - 1;
    await driveFollowOn(world.driving, expire, session);
    expect(world.added).toContainEqual(expire);
    world.time.now += 1;
    await driveFollowOn(world.driving, expire, session);
    expect(await world.load()).toMatchObject({ status: 'expired' });
  });
});

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

describe('what was approved is what runs', () => {
  it('a playbook that was edited since makes a new plan, voids the approval, and nothing runs', async () => {
    const world = await aDriveWorld({ steps: [aCommand('deploy', 'echo old >> done')] });
    await world.request();
    const { digest } = await world.load();
    await world.writePlaybook({ steps: [aCommand('deploy', 'echo new >> done')] });
    expect(await world.drive()).toBe('done');
    expect(await world.load()).toMatchObject({
      status: 'awaiting_approval',
      approvals: [],
      replacedBecause: 'playbook-changed',
      planNumber: 2,
    });
    expect((await world.load()).digest).not.toBe(digest);
    expect(await world.lines('done')).toEqual([]);
    await world.approve();
    await world.drive('two');
    expect(await world.load()).toMatchObject({ status: 'succeeded' });
    expect(await world.lines('done')).toEqual(['new']);
  });

  it('a severity that asks for more people since makes a new plan', async () => {
    const world = await aDriveWorld({ steps: [aCommand('deploy', 'echo done >> done')] });
    await world.request();
    const team = await world.driving.catalog.team();
    const stricter = structuredClone(team);
    stricter.severities.P1.approval.roles = ['admin'];
    const catalog = { ...world.driving.catalog, team: async () => stricter };
    await world.drive('one', { catalog });
    expect(await world.load()).toMatchObject({
      status: 'awaiting_approval',
      replacedBecause: 'configuration-changed',
      plan: { approval: { roles: ['admin'] } },
    });
    expect(await world.lines('done')).toEqual([]);
  });

  it('a branch that moved before the start makes a new plan back to the same commit', async () => {
    const world = await aDriveWorld({ steps: [GIT] });
    await world.request();
    const { plan } = await world.load();
    const head = await world.repository.commit('Hotfix', { version: '1.2\n' });
    await world.repository.push();
    await world.drive();
    const run = await world.load();
    expect(run).toMatchObject({ status: 'awaiting_approval', replacedBecause: 'branch-moved' });
    expect(run.plan).toMatchObject({ target: { hash: plan.target.hash }, deployed: { hash: head } });
    expect(await world.repository.remoteHead()).toBe(head);
    await world.approve();
    await world.drive('two');
    expect(await world.load()).toMatchObject({ status: 'succeeded' });
    expect(await world.repository.remoteGit('show', 'main:version')).toBe('1.0');
  });

  it('a push that got ahead during the run makes a new plan, pushes nothing, and asks again', async () => {
    const world = await aDriveWorld({ steps: [gated('prepare'), GIT] });
    await world.makeGate('prepare');
    await world.request();
    const driven = world.drive();
    await world.begun('prepare');
    const head = await world.repository.commit('Hotfix', { version: '1.2\n' });
    await world.repository.push();
    await world.open('prepare');
    expect(await driven).toBe('done');
    expect(await world.load()).toMatchObject({
      status: 'awaiting_approval',
      approvals: [],
      replacedBecause: 'branch-moved',
    });
    expect(await world.repository.remoteHead()).toBe(head);
  });

  it('a press recorded while the new plan is made does not leave the run without a driver', async () => {
    const world = await aDriveWorld({ steps: [gated('prepare'), GIT] });
    await world.makeGate('prepare');
    await world.request();
    const { git } = world.driving;
    let pressed = false;
    const describeRange: Driving['git']['describeRange'] = async (ref, range) => {
      if (!pressed) await world.pressStale();
      pressed = true;
      return git.describeRange(ref, range);
    };
    const driven = world.drive('one', { git: { ...git, describeRange } });
    await world.begun('prepare');
    await world.repository.commit('Hotfix', { version: '1.2\n' });
    await world.repository.push();
    await world.open('prepare');
    await driven;
    expect(await world.load()).toMatchObject({
      status: 'awaiting_approval',
      replacedBecause: 'branch-moved',
    });
  });

  it('a playbook that is broken by then ends the run, saying where it is broken', async () => {
    const world = await aDriveWorld({ steps: [aCommand('deploy', 'echo old >> done')] });
    await world.request();
    await writeFile(join(world.root, 'playbooks/undo.yml'), 'name: [');
    expect(await world.drive()).toBe('done');
    expect(await world.load()).toMatchObject({
      status: 'failed',
      ending: expect.stringContaining('undo.yml'),
    });
    expect(await world.lines('done')).toEqual([]);
  });

  it('a repository that can’t be reached at the start ends the run, and nothing ran', async () => {
    const world = await aDriveWorld({ steps: [aCommand('deploy', 'echo old >> done'), GIT] });
    await world.request();
    await world.repository.remove();
    await world.drive();
    expect(await world.load()).toMatchObject({
      status: 'failed',
      ending: expect.stringContaining('unreachable'),
    });
    expect(await world.lines('done')).toEqual([]);
  });
});

/** A worker gets as far as the middle of a step and dies there; what it started lives on. */
async function dieDuring(world: DriveWorld, step: string): Promise<number> {
  await world.makeGate(step);
  await world.request();
  const { output, commands } = world.driving;
  await changeRun(world.driving, {
    run: 'RUN-1',
    actor: { kind: 'system', name: 'worker' },
    decide: () => ({
      kind: 'accepted',
      events: [
        { type: 'run.started', payload: { driver: 'dead' } },
        { type: 'step.started', payload: { step, attempt: 1, driver: 'dead' } },
      ],
    }),
  });
  const plan = (await world.load()).steps[0]?.plan;
  if (plan?.kind !== 'run') throw new Error('the first step is a command');
  void commands.run({
    ...{ command: plan.command, directory: world.work, environment: {}, timeoutMs: 60_000 },
    onOutput: () => undefined,
    onStart: (mark) => output.markProcess({ run: 'RUN-1', step, attempt: 1 }, mark),
    signal: new AbortController().signal,
  });
  return world.begun(step);
}

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
