import { expect, it, onTestFinished } from 'vitest';
import { gitFor } from '../../../support/git-adapter.ts';
import { createTestRepository } from '../../../support/git-repository.ts';

/** A repository whose mirror holds two commits, and what git needs to try a push of them. */
async function aMirroredRepository() {
  const repository = await createTestRepository();
  onTestFinished(repository.remove);
  const first = await repository.commit('Begin', { 'shop.txt': 'open' });
  await repository.commit('Go on', { 'shop.txt': 'still open' });
  await repository.push();
  const git = gitFor(repository);
  await git.fetchHead(repository.ref);
  return { repository, git, first };
}

it('pushes nothing, even where there would be something to push', async () => {
  const { repository, git, first } = await aMirroredRepository();
  await repository.remoteGit('update-ref', 'refs/heads/main', first);
  await git.tryPush(repository.ref);
  expect(await repository.remoteHead()).toBe(first);
});

it('takes it for a yes when somebody has pushed meanwhile: the remote had let us in', async () => {
  const { repository, git } = await aMirroredRepository();
  await repository.commit('Meanwhile', { 'shop.txt': 'busy' });
  await repository.push();
  await expect(git.tryPush(repository.ref)).resolves.toBeUndefined();
});
