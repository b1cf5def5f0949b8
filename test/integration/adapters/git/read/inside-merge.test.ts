import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gitFor } from '../../../../support/git-adapter.ts';
import { createTestRepository, type TestRepository } from '../../../../support/git-repository.ts';

let repository: TestRepository;
beforeEach(async () => {
  repository = await createTestRepository();
});
afterEach(() => repository.remove());

/** A feature of two commits that main took in by a merge, itself by way of a further merge of the feature's own. */
async function merged() {
  const { commit, git, push } = repository;
  const before = await commit('Start', { 'app.js': '1\n' });
  await git('checkout', '-q', '-b', 'feature');
  const first = await commit('Feature one', { 'feature.js': '1\n' });
  await git('checkout', '-q', '-b', 'deeper');
  const deeper = await commit('Deeper', { 'deeper.js': '1\n' });
  await git('checkout', '-q', 'feature');
  const second = await commit('Feature two', { 'feature.js': '2\n' });
  await git('merge', '-q', '--no-ff', '-m', 'Merge deeper', 'deeper');
  await git('checkout', '-q', 'main');
  await git('merge', '-q', '--no-ff', '-m', 'Merge feature', 'feature');
  const merge = await git('rev-parse', 'HEAD');
  await commit('After', { 'app.js': '2\n' });
  await push();
  return { before, first, deeper, second, merge };
}

describe('resolveTarget, where a branch took in another by a merge', () => {
  it('refuses the commits in between, however deep, and names the merge and what was there before it', async () => {
    const { before, first, deeper, second, merge } = await merged();
    const git = gitFor(repository);
    for (const typed of [first, deeper, second.slice(0, 10)])
      expect(await git.resolveTarget(repository.ref, typed)).toEqual({ kind: 'inside-merge', merge, before });
  });

  it('takes the merge itself and what was there before it', async () => {
    const { before, merge } = await merged();
    const git = gitFor(repository);
    for (const hash of [before, merge])
      expect(await git.resolveTarget(repository.ref, hash)).toMatchObject({
        kind: 'commit',
        commit: { hash },
      });
  });

  it('takes a release that was merged, but no other tag there', async () => {
    const { first, second } = await merged();
    await repository.git('tag', 'v1.0.0', first);
    await repository.git('tag', 'started', second);
    await repository.push();
    const git = gitFor(repository);
    expect(await git.resolveTarget(repository.ref, 'v1.0.0')).toMatchObject({ commit: { hash: first } });
    expect(await git.resolveTarget(repository.ref, first)).toMatchObject({ commit: { hash: first } });
    expect(await git.resolveTarget(repository.ref, 'started')).toMatchObject({ kind: 'inside-merge' });
  });
});
