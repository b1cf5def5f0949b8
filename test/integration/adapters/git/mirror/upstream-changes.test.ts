import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Git } from '../../../../../src/engine/ports/git.ts';
import { gitFor } from '../../../../support/git-adapter.ts';
import { createTestRepository, type TestRepository } from '../../../../support/git-repository.ts';

let repository: TestRepository;
let first: string;
let head: string;
let git: Git;
beforeEach(async () => {
  repository = await createTestRepository();
  first = await repository.commit('First', { app: 'one\n' });
  head = await repository.commit('Second', { app: 'two\n' });
  await repository.push();
  git = gitFor(repository);
});
afterEach(() => repository.remove());

const push = (...refspecs: string[]): Promise<string> =>
  repository.git('push', '-q', '--force', 'origin', ...refspecs);

const names = async (): Promise<readonly string[]> =>
  (await git.listReleases(repository.ref)).flatMap(({ tags }) => tags);

/** Refs are files where a mirror is young, and lines of one file once it has been tidied up. */
describe.each(['release', 'release/2030'])('a branch %s', (old) => {
  const other = old === 'release' ? 'release/2030' : 'release';

  it(`may be replaced by a branch ${other}, and come back`, async () => {
    const before = { ...repository.ref, branch: old };
    const after = { ...repository.ref, branch: other };
    await push(`${first}:refs/heads/${old}`);
    expect(await git.fetchHead(before)).toMatchObject({ hash: first });
    await push(`:refs/heads/${old}`);
    await push(`${head}:refs/heads/${other}`);
    expect(await git.fetchHead(after)).toMatchObject({ hash: head });
    await expect(git.fetchHead(before)).rejects.toMatchObject({ trouble: 'no-branch' });
    await push(`:refs/heads/${other}`);
    await push(`${first}:refs/heads/${old}`);
    expect(await git.fetchHead(before)).toMatchObject({ hash: first });
    expect(await gitFor(repository).fetchHead(before)).toMatchObject({ hash: first });
  });
});

describe('what a remote does to its refs is followed', () => {
  it('a tag that was moved by force', async () => {
    await push(`${first}:refs/tags/v1`);
    await git.fetchHead(repository.ref);
    expect(await git.resolveTarget(repository.ref, 'v1')).toMatchObject({ commit: { hash: first } });
    await push(`${head}:refs/tags/v1`);
    expect(await git.fetchHead(repository.ref)).toMatchObject({ release: 'v1' });
    expect(await git.resolveTarget(repository.ref, 'v1')).toMatchObject({ commit: { hash: head } });
  });

  it('a tag whose place another takes as a folder, and the other way round', async () => {
    await push(`${first}:refs/tags/v1`);
    await git.fetchHead(repository.ref);
    await push(':refs/tags/v1');
    await push(`${first}:refs/tags/v1/web`, `${head}:refs/tags/v1/app`);
    await git.fetchHead(repository.ref);
    expect(await git.resolveTarget(repository.ref, 'v1/web')).toMatchObject({ commit: { hash: first } });
    await push(':refs/tags/v1/web', ':refs/tags/v1/app');
    await push(`${head}:refs/tags/v1`);
    await git.fetchHead(repository.ref);
    expect(await names()).toEqual(['v1']);
  });

  it('a history that was written anew', async () => {
    await git.fetchHead(repository.ref);
    await repository.git('checkout', '-q', '--orphan', 'anew');
    const anew = await repository.commit('Anew', { app: 'anew\n' });
    await push(`${anew}:refs/heads/main`);
    expect(await git.fetchHead(repository.ref)).toMatchObject({ hash: anew });
    expect(await git.resolveTarget(repository.ref, first)).toEqual({ kind: 'not-on-branch' });
  });

  it('another address for a service', async () => {
    const other = await createTestRepository();
    try {
      const elsewhere = await other.commit('Elsewhere', { app: 'other\n' });
      await other.push();
      await git.fetchHead(repository.ref);
      const moved = { ...repository.ref, repository: other.remote };
      expect(await git.fetchHead(moved)).toMatchObject({ hash: elsewhere });
      expect(await git.resolveTarget(moved, first)).toEqual({ kind: 'not-a-commit' });
      expect(await git.fetchHead(repository.ref)).toMatchObject({ hash: head });
    } finally {
      await other.remove();
    }
  });
});
