import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tryAgain } from '../../../../src/engine/run/try-again.ts';
import { GIT } from '../../../support/drive/drive-story.ts';
import { aCommand, aDriveWorld, approver, gated, responder } from '../../../support/drive-world.ts';
import { aGitServer } from '../../../support/git-server.ts';

const MINUTE = 60_000;
const DEPLOY = aCommand('deploy', 'echo deployed >> done');

/** A world whose repository stands behind a git server. */
async function aServedWorld(steps: readonly string[] = [DEPLOY]) {
  const world = await aDriveWorld({ steps });
  const server = await aGitServer(world.repository);
  return { ...world, server };
}

const approved = { status: 'queued', approvals: [{ by: { id: approver.id } }] };
const pressTryAgain = (
  world: Pick<Awaited<ReturnType<typeof aServedWorld>>, 'driving'>,
  person = responder,
) => tryAgain(world.driving, { run: 'RUN-1', person });

describe('a git server that is away when an approved rollback is to begin', () => {
  it('is asked again, with the approvals kept and git’s words told, and the run begins when it is back', async () => {
    const world = await aServedWorld();
    await world.request();
    await world.server.stop();
    await world.drive();
    expect(await world.load()).toMatchObject({
      ...approved,
      hindrance: {
        why: expect.stringMatching(/^the git server can't be reached: .*Connection refused/),
        until: new Date(world.time.now + 5 * MINUTE).toISOString(),
      },
    });
    const at = new Date(world.time.now + 5_000).toISOString();
    expect(world.added).toContainEqual({ kind: 'wake', run: 'RUN-1', at });
    expect(await world.lines('done')).toEqual([]);
    await world.server.start();
    world.time.now += 5_000;
    await world.drive('two');
    expect(await world.load()).toMatchObject({ status: 'succeeded', hindrance: null });
  });

  it('is said once, however often it is tried', async () => {
    const world = await aServedWorld();
    await world.request();
    await world.server.stop();
    for (const driver of ['one', 'two', 'three']) {
      world.time.now += 5_000;
      await world.drive(driver);
    }
    expect((await world.journal()).filter((type) => type === 'start.hindered')).toHaveLength(1);
  });

  it('after five minutes a person is asked; nothing begins by itself then, and Try again does', async () => {
    const world = await aServedWorld();
    await world.request();
    await world.server.stop();
    await world.drive();
    world.time.now += 5 * MINUTE;
    world.added.length = 0;
    await world.drive('two');
    expect(await world.load()).toMatchObject({ ...approved, hindrance: { until: null } });
    expect(world.added).not.toContainEqual(expect.objectContaining({ kind: 'wake' }));
    await world.server.start();
    await world.drive('a worker that starts anew');
    expect(await world.load()).toMatchObject(approved);
    expect(await pressTryAgain(world, approver)).toMatchObject({ refusal: { reason: 'not-permitted' } });
    expect(await pressTryAgain(world)).toMatchObject({ kind: 'accepted' });
    expect(await pressTryAgain(world)).toMatchObject({ refusal: { reason: 'step-moved-on' } });
    await world.drive('three');
    expect(await world.load()).toMatchObject({ status: 'succeeded' });
    expect(await pressTryAgain(world)).toMatchObject({ refusal: { reason: 'already-ended' } });
  });

  it('can be given up on: Cancel ends it', async () => {
    const world = await aServedWorld();
    await world.request();
    await world.server.stop();
    await world.drive();
    await world.cancel();
    await world.drive('two');
    expect(await world.load()).toMatchObject({ status: 'cancelled' });
  });

  it('fails only the step, where the branch moved under it, and Retry makes the new plan', async () => {
    const world = await aServedWorld([gated('prepare'), GIT]);
    await world.makeGate('prepare');
    await world.request();
    const { handlers } = world.driving;
    const driven = world.drive('one', {
      handlers: {
        ...handlers,
        git: async (...asked) => {
          const outcome = await handlers.git(...asked);
          await world.server.stop();
          return outcome;
        },
      },
    });
    await world.begun('prepare');
    await world.repository.commit('Hotfix', { version: '1.2\n' });
    await world.repository.push();
    await world.open('prepare');
    await driven;
    const waiting = await world.load();
    expect(waiting).toMatchObject({ status: 'waiting', approvals: [{ by: { id: approver.id } }] });
    expect(waiting.steps[1]?.summary).toMatch(/^the branch moved, .*can't be reached/);
    await world.server.start();
    await world.answer('retry');
    await world.drive('two');
    expect(await world.load()).toMatchObject({
      status: 'awaiting_approval',
      replacedBecause: 'branch-moved',
    });
  });
});

describe('a repository that time alone doesn’t mend', () => {
  it('has a person asked at once, with the approvals kept', async () => {
    const world = await aServedWorld();
    await world.request();
    await rename(world.repository.remote, `${world.repository.remote}-away`);
    await world.drive();
    expect(await world.load()).toMatchObject({ ...approved, hindrance: { until: null } });
    await rename(`${world.repository.remote}-away`, world.repository.remote);
    await pressTryAgain(world);
    await world.drive('two');
    expect(await world.load()).toMatchObject({ status: 'succeeded' });
  });
});

/** Files that read as whole ones while they are being saved. */
describe('a file whose first half reads as a whole one', () => {
  it('costs no approval: what it says counts once it has said so twice', async () => {
    const world = await aDriveWorld({ steps: [DEPLOY] });
    await world.request();
    const path = join(world.root, 'playbooks/undo.yml');
    const whole = await readFile(path, 'utf8');
    await world.writePlaybook({ steps: [aCommand('deploy', 'echo half >> done')] });
    let looks = 0;
    const { git } = world.driving;
    const remoteHead: typeof git.remoteHead = async (...asked) => {
      looks += 1;
      if (looks === 1) await writeFile(path, whole);
      return git.remoteHead(...asked);
    };
    await world.drive('one', { git: { ...git, remoteHead } });
    expect(await world.load()).toMatchObject({ status: 'succeeded', approvals: approved.approvals });
    expect(await world.lines('done')).toEqual(['deployed']);
  });
});

describe('a file that is half saved when an approved rollback is to begin', () => {
  const files = ['walkback.yml', 'playbooks/undo.yml'];
  const halves: Readonly<Record<string, (path: string, text: string) => Promise<void>>> = {
    'has its first half': (path, text) => writeFile(path, text.slice(0, text.length / 2)),
    'is empty': (path) => writeFile(path, ''),
    'is not there': (path) => rm(path),
  };
  const cases = files.flatMap((file) => Object.keys(halves).map((half) => ({ file, half })));

  it.each(cases)('$file, which $half, is waited for, and the approvals count', async ({ file, half }) => {
    const world = await aDriveWorld({ steps: [DEPLOY] });
    await world.request();
    const path = join(world.root, file);
    const text = await readFile(path, 'utf8');
    await halves[half]?.(path, text);
    await world.drive();
    const { hindrance } = await world.load();
    expect(hindrance?.until).toBe(new Date(world.time.now + 5 * MINUTE).toISOString());
    expect(hindrance?.why).toMatch(/line \d+, can't be used as it stands there|by the files as they are now/);
    await writeFile(path, text);
    await world.drive('two');
    expect(await world.load()).toMatchObject({ status: 'succeeded', approvals: approved.approvals });
  });
});
