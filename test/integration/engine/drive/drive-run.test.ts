import { describe, expect, it } from 'vitest';
import { driveFollowOn } from '../../../../src/engine/drive/drive-follow-on.ts';
import { GIT, since } from '../../../support/drive/drive-story.ts';
import { aCommand, aDriveWorld } from '../../../support/drive-world.ts';

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
