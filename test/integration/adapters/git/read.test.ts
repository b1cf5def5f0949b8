import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LISTED_COMMITS, LISTED_FILES } from '../../../../src/domain/git/git-facts.ts';
import { GitTroubled } from '../../../../src/engine/ports/git.ts';
import { gitFor } from '../../../support/git-adapter.ts';
import { createTestRepository, type TestRepository } from '../../../support/git-repository.ts';

let repository: TestRepository;
beforeEach(async () => {
  repository = await createTestRepository();
});
afterEach(() => repository.remove());

/** Releases v1.9.0 and v1.10.0 (annotated), an unreleased commit, and a branch that never reached main. */
async function history() {
  const first = await repository.commit('Start', { 'app.js': '1\n' });
  await repository.git('tag', 'v1.9.0');
  const second = await repository.commit('Grow', { 'app.js': '2\n', 'db/migrations/1.sql': 'create\n' });
  await repository.git('tag', '-a', 'v1.10.0', '-m', 'Release');
  await repository.git('tag', 'nightly');
  const head = await repository.commit('Fix the till', { 'app.js': '3\n', 'docs/Läs mig.md': 'hej\n' });
  await repository.push();
  await repository.git('checkout', '-q', '-b', 'side', first);
  const side = await repository.commit('Aside', { 'side.js': '1\n' });
  await repository.git('tag', 'v9.0.0');
  await repository.git('push', '-q', '--tags', 'origin', 'side');
  await repository.git('checkout', '-q', 'main');
  return { first, second, head, side };
}

describe('fetchHead', () => {
  it('returns the head as a commit with author, time in UTC and the release it carries', async () => {
    const { first } = await history();
    const git = gitFor(repository);
    expect(await git.fetchHead(repository.ref)).toMatchObject({ subject: 'Fix the till', release: null });
    await repository.git('reset', '-q', '--hard', first);
    await repository.git('push', '-q', '--force', 'origin', 'main');
    expect(await git.fetchHead(repository.ref)).toEqual({
      hash: first,
      release: 'v1.9.0',
      subject: 'Start',
      author: 'Dana Developer',
      at: '2030-01-01T00:01:00.000Z',
    });
  });

  it('follows tags that moved or are gone', async () => {
    const { second } = await history();
    const git = gitFor(repository);
    await git.fetchHead(repository.ref);
    await repository.git('tag', '--force', 'v1.9.0', second);
    await repository.git('push', '-q', '--force', 'origin', 'v1.9.0', ':v1.10.0');
    await git.fetchHead(repository.ref);
    const releases = await git.listReleases(repository.ref);
    expect(releases.map(({ commit }) => [commit.release, commit.hash])).toEqual([['v1.9.0', second]]);
  });

  it('serves many callers and two workers on one folder at once', async () => {
    const { head } = await history();
    const workers = [gitFor(repository), gitFor(repository)];
    const heads = await Promise.all(
      [...workers, ...workers, ...workers].map((git) => git.fetchHead(repository.ref)),
    );
    expect(new Set(heads.map(({ hash }) => hash))).toEqual(new Set([head]));
  });

  it('throws GitTroubled with git’s words for a repository that is not there', async () => {
    const ref = { ...repository.ref, repository: join(repository.folder, 'nowhere.git') };
    const failure = gitFor(repository).fetchHead(ref);
    await expect(failure).rejects.toThrow(GitTroubled);
    await expect(failure).rejects.toThrow(/nowhere\.git' does not appear to be a git repository/);
  });

  it('throws GitTroubled for a branch that is not there', async () => {
    await history();
    const ref = { ...repository.ref, branch: 'missing' };
    await expect(gitFor(repository).fetchHead(ref)).rejects.toThrow(GitTroubled);
    await expect(gitFor(repository).remoteHead(ref)).rejects.toThrow('it has no branch missing');
  });

  it('keeps the password of an address out of the error', async () => {
    const ref = { ...repository.ref, repository: 'http://bot:hunter2hunter2@127.0.0.1:1/shop.git' };
    const failure = await gitFor(repository)
      .fetchHead(ref)
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(GitTroubled);
    expect(failure).toMatchObject({ repository: 'http://[redacted]@127.0.0.1:1/shop.git' });
    expect(String(failure)).not.toContain('hunter2');
  });

  it('stops when it is aborted', async () => {
    await history();
    await expect(gitFor(repository).fetchHead(repository.ref, AbortSignal.abort())).rejects.toThrow(/abort/);
  });
});

describe('remoteHead', () => {
  it('sees a push that the mirror has not', async () => {
    await history();
    const git = gitFor(repository);
    await git.fetchHead(repository.ref);
    const pushed = await repository.commit('More', { 'app.js': '4\n' });
    await repository.push();
    expect(await git.remoteHead(repository.ref)).toBe(pushed);
  });

  it('is not fooled by a branch whose name ends the same', async () => {
    const { head } = await history();
    await repository.git('push', '-q', 'origin', 'side:refs/heads/a/refs/heads/main');
    expect(await gitFor(repository).remoteHead(repository.ref)).toBe(head);
  });
});

describe('listReleases', () => {
  it('lists tags of the branch that match the pattern, highest version first, annotated ones by their commit', async () => {
    const { first, second } = await history();
    const releases = await gitFor(repository).listReleases(repository.ref);
    expect(releases.map(({ commit }) => commit)).toEqual([
      expect.objectContaining({
        release: 'v1.10.0',
        hash: second,
        subject: 'Grow',
        author: 'Dana Developer',
      }),
      expect.objectContaining({ release: 'v1.9.0', hash: first, at: '2030-01-01T00:01:00.000Z' }),
    ]);
  });

  it('lists a commit once, by its highest final tag, with all its tags and the tree that others may share', async () => {
    const { first, second, head } = await history();
    for (const tag of ['v2.0.0-rc1', 'v2', 'v2.0', 'v2.0.0', 'vlatest'])
      await repository.git('tag', tag, head);
    await repository.git('tag', '-a', 'v1.9.0-rc3', '-m', 'Candidate', first);
    await repository.git('revert', '--no-edit', head);
    await repository.git('tag', 'v2.0.1');
    await repository.push();
    const releases = await gitFor(repository).listReleases(repository.ref);
    expect(releases.map(({ commit, tags }) => [commit.release, [...tags].sort()])).toEqual([
      ['v2.0.1', ['v2.0.1']],
      ['v2.0.0', ['v2', 'v2.0', 'v2.0.0', 'v2.0.0-rc1', 'vlatest']],
      ['v1.10.0', ['v1.10.0']],
      ['v1.9.0', ['v1.9.0', 'v1.9.0-rc3']],
    ]);
    const treeOf = (release: string) => releases.find(({ commit }) => commit.release === release)?.tree;
    expect(treeOf('v2.0.1')).toBe(treeOf('v1.10.0'));
    expect(treeOf('v1.10.0')).toBe(await repository.git('rev-parse', `${second}^{tree}`));
  });

  it('is empty where nothing is tagged', async () => {
    await repository.commit('Start', { 'app.js': '1\n' });
    await repository.push();
    expect(await gitFor(repository).listReleases(repository.ref)).toEqual([]);
  });
});

describe('resolveTarget', () => {
  it('resolves a tag, an annotated tag, a full and an abbreviated hash to the commit', async () => {
    const { first, second } = await history();
    const git = gitFor(repository);
    const cases = { 'v1.9.0': first, 'v1.10.0': second, [second]: second, [first.slice(0, 9)]: first };
    for (const [typed, hash] of Object.entries(cases)) {
      const commit = expect.objectContaining({ hash });
      expect(await git.resolveTarget(repository.ref, typed), typed).toEqual({ kind: 'commit', commit });
    }
  });

  it('tells which release a typed hash is', async () => {
    const { second } = await history();
    expect(await gitFor(repository).resolveTarget(repository.ref, second)).toMatchObject({
      commit: { release: 'v1.10.0' },
    });
  });

  it('calls a commit what was asked for, else by its highest final release', async () => {
    const { second } = await history();
    const git = gitFor(repository);
    for (const tag of ['v1.10.1-rc1', 'v1.10', 'stable']) await repository.git('tag', tag, second);
    await repository.push();
    const called = async (typed: string, before?: string) => {
      const resolved = await git.resolveTarget(repository.ref, typed, before);
      return resolved.kind === 'commit' && resolved.commit.release;
    };
    for (const typed of ['v1.10.0', 'v1.10.1-rc1', 'v1.10', 'stable'])
      expect(await called(typed)).toBe(typed);
    expect(await called(second)).toBe('v1.10.0');
    expect(await called(second, 'v1.10.1-rc1')).toBe('v1.10.1-rc1');
    expect(await called(second, 'v1.9.0'), 'a tag of another commit').toBe('v1.10.0');
    expect(await called('main')).toBeNull();
  });

  it('refuses what is no commit, and HEAD, which here means nothing', async () => {
    await history();
    const git = gitFor(repository);
    const blob = await repository.git('rev-parse', 'HEAD:app.js');
    for (const typed of ['v3.0.0', 'abcdef0', '0'.repeat(40), blob, 'HEAD', 'config'])
      expect(await git.resolveTarget(repository.ref, typed), typed).toEqual({ kind: 'not-a-commit' });
  });

  it('refuses a commit of another branch', async () => {
    const { side } = await history();
    const git = gitFor(repository);
    for (const typed of ['v9.0.0', side])
      expect(await git.resolveTarget(repository.ref, typed), typed).toEqual({ kind: 'not-on-branch' });
  });
});

describe('describeRange', () => {
  it('lists commits newest first, files between the trees and migrations among them', async () => {
    const { first, head } = await history();
    const git = gitFor(repository);
    const range = await git.describeRange(repository.ref, { target: first, head, paths: [] });
    expect(range.commits.map(({ subject, release }) => [subject, release])).toEqual([
      ['Fix the till', null],
      ['Grow', 'v1.10.0'],
    ]);
    expect(range).toMatchObject({
      commitCount: 2,
      files: ['app.js', 'db/migrations/1.sql', 'docs/Läs mig.md'],
      fileCount: 3,
      migrations: ['db/migrations/1.sql'],
    });
  });

  it('matches migrations at the top and deep down, also where they were removed, but not by a likeness', async () => {
    const target = await repository.commit('Start', { 'migrations/0.sql': '0\n' });
    const head = await repository.commit('Change', {
      'migrations/0.sql': null,
      'a/b/migrations/c/2.sql': '2\n',
      'migrations.md': 'none\n',
      'xmigrations/3.sql': '3\n',
    });
    await repository.push();
    const range = await gitFor(repository).describeRange(repository.ref, { target, head, paths: [] });
    expect(range.migrations).toEqual(['a/b/migrations/c/2.sql', 'migrations/0.sql']);
  });

  it('has all commits of a long range, and the first of its files', async () => {
    const target = await repository.commit('Start', { 'app.js': '0\n' });
    const files = Array.from({ length: LISTED_FILES + 5 }, (_, index) => [`file-${index}`, `${index}\n`]);
    await repository.commit('Many files', Object.fromEntries(files));
    for (let index = 0; index <= LISTED_COMMITS; index += 1)
      await repository.commit(`Change ${index}`, { 'app.js': `change ${index}\n` });
    await repository.push();
    const head = await repository.remoteHead();
    const range = await gitFor(repository).describeRange(repository.ref, { target, head, paths: [] });
    expect(range.commits).toHaveLength(LISTED_COMMITS + 2);
    expect(range.commits[0]?.subject).toBe(`Change ${LISTED_COMMITS}`);
    expect(range.commitCount).toBe(LISTED_COMMITS + 2);
    expect(range.files).toHaveLength(LISTED_FILES);
    expect(range.fileCount).toBe(LISTED_FILES + 6);
  });
});
