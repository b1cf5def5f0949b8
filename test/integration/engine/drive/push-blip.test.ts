import { expect, it } from 'vitest';
import type { Git } from '../../../../src/engine/ports/git.ts';
import { createGitStep } from '../../../../src/engine/steps/git.ts';
import { GIT } from '../../../support/drive/drive-story.ts';
import { aDriveWorld, approver } from '../../../support/drive-world.ts';
import { aGitServer } from '../../../support/git-server.ts';

type Tried = (times: number) => Promise<void> | void;

/** A run whose one step pushes, through a git server; `before` and `failed` are called at each try. */
async function aPush({ before, failed, forMs }: { before?: Tried; failed?: Tried; forMs: number }) {
  const world = await aDriveWorld({ steps: [GIT] });
  const server = await aGitServer(world.repository);
  await world.request();
  let tries = 0;
  const rollBack: Git['rollBack'] = async (...asked) => {
    tries += 1;
    await before?.(tries);
    try {
      return await world.driving.git.rollBack(...asked);
    } catch (error) {
      await failed?.(tries);
      throw error;
    }
  };
  const git = createGitStep({ git: { ...world.driving.git, rollBack }, patience: { forMs, pauseMs: 10 } });
  const handlers = { ...world.driving.handlers, git };
  const commits = async () => Number(await world.repository.remoteGit('rev-list', '--count', 'main'));
  return { ...world, server, commits, push: () => world.drive('one', { handlers }) };
}

it('a git server that is away when a step pushes is asked again, and gets one commit', async () => {
  const world = await aPush({
    before: (tries) => (tries === 1 ? world.server.stop() : undefined),
    failed: (tries) => (tries === 3 ? world.server.start() : undefined),
    forMs: 60_000,
  });
  const before = await world.commits();
  await world.push();
  expect(await world.load()).toMatchObject({ status: 'succeeded' });
  expect(await world.commits()).toBe(before + 1);
});

it('one that stays away fails the step, which says what isn’t known; Retry pushes, with the approvals kept', async () => {
  const world = await aPush({
    before: (tries) => (tries === 1 ? world.server.stop() : undefined),
    forMs: 50,
  });
  const before = await world.commits();
  await world.push();
  const waiting = await world.load();
  expect(waiting).toMatchObject({ status: 'waiting', approvals: [{ by: { id: approver.id } }] });
  expect(waiting.steps[0]?.summary).toMatch(
    /^the git server can't be reached: .*Whether a push arrived is not known; Retry looks first$/,
  );
  await world.server.start();
  await world.answer('retry');
  await world.drive('two');
  expect(await world.load()).toMatchObject({ status: 'succeeded' });
  expect(await world.commits()).toBe(before + 1);
});
