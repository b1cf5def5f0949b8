import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RangeFacts } from '../../../../src/domain/git/git-facts.ts';
import { gitFor } from '../../../support/git-adapter.ts';
import { createTestRepository, type TestRepository } from '../../../support/git-repository.ts';

let repository: TestRepository;
beforeEach(async () => {
  repository = await createTestRepository();
});
afterEach(() => repository.remove());

type Files = Readonly<Record<string, string | null>>;

const head = (): Promise<string> => repository.git('rev-parse', 'HEAD');

/** A commit of these files' content of another commit, as Walkback makes it: everywhere, or on one path. */
async function rollBack(to: string, path?: string): Promise<string> {
  const undone = await head();
  if (path === undefined) await repository.git('read-tree', '--reset', '-u', to);
  else {
    await repository.git('rm', '-r', '-q', '--ignore-unmatch', path);
    await repository.git('checkout', to, '--', path);
  }
  return repository.commit(
    `Roll back shop to ${to.slice(0, 7)}\n\nIt failed\n\nWalkback-Run: RUN-1\nWalkback-Target: ${to}\nWalkback-Undone: ${undone}`,
    {},
  );
}

const revert = async (commit: string): Promise<string> => {
  await repository.git('revert', '--no-edit', commit);
  return head();
};

/** What going from the head back to a commit undoes. */
async function rangeTo(
  target: string,
  { paths = [], ...of }: { readonly paths?: readonly string[]; readonly migrations?: readonly string[] } = {},
): Promise<RangeFacts> {
  await repository.push();
  const git = gitFor(repository);
  const ref = { ...repository.ref, migrations: of.migrations };
  const { hash } = await git.fetchHead(ref);
  return git.describeRange(ref, { target, head: hash, paths });
}

const subjects = ({ commits }: RangeFacts): readonly string[] => commits.map(({ subject }) => subject);

async function start(files: Files = { 'app.js': '0\n', 'api.js': '0\n' }): Promise<string> {
  return repository.commit('Start', files);
}

describe('what a rollback undoes', () => {
  it('has neither earlier rollbacks nor what these undid', async () => {
    const first = await start();
    const one = await repository.commit('One', { 'app.js': '1\n' });
    await repository.commit('Two', { 'app.js': '2\n' });
    await rollBack(one);
    await repository.commit('Three', { 'api.js': '3\n' });
    await rollBack(one);
    await repository.commit('Four', { 'app.js': '4\n' });
    const range = await rangeTo(first);
    expect(subjects(range)).toEqual(['Four', 'One']);
    expect(range).toMatchObject({ commitCount: 2, unread: 0, returning: 0 });
  });

  it('has what a rollback undid once, where that was undone: by Walkback, or by somebody', async () => {
    const first = await start();
    const two = await repository.commit('Two', { 'app.js': '2\n' });
    await rollBack(first);
    await rollBack(two);
    expect(subjects(await rangeTo(first))).toEqual(['Two']);
    const again = await rollBack(first);
    await repository.commit('Meanwhile', { 'api.js': '3\n' });
    await revert(again);
    expect(subjects(await rangeTo(first))).toEqual(['Meanwhile', 'Two']);
  });

  it('is right where the rollback went further back than this one does', async () => {
    const first = await start();
    await repository.commit('One', { 'app.js': '1\n' });
    const two = await repository.commit('Two', { 'app.js': '2\n' });
    await rollBack(first);
    await repository.commit('Three', { 'api.js': '3\n' });
    const range = await rangeTo(two);
    expect(subjects(range)).toEqual(['Three']);
    expect(range.returning).toBe(2);
  });

  it('has nothing that was taken out by hand, be it that it was put back since', async () => {
    const first = await start();
    const one = await repository.commit('Fix one', { 'app.js': '1\n' });
    await repository.commit('Two', { 'api.js': '2\n' });
    const gone = await revert(one);
    expect(subjects(await rangeTo(first))).toEqual(['Two']);
    await revert(gone);
    expect(subjects(await rangeTo(first))).toEqual(['Two', 'Fix one']);
  });

  it('has the revert of what the target has', async () => {
    await start();
    const one = await repository.commit('One', { 'app.js': '1\n' });
    await revert(one);
    expect(subjects(await rangeTo(one))).toEqual(['Revert "One"']);
  });

  it('leaves out what was undone on its own path alone, and keeps what is there in part', async () => {
    const first = await start({ 'web/a': '0\n', 'api/a': '0\n' });
    await repository.commit('Web', { 'web/a': '1\n' });
    await repository.commit('Both', { 'web/b': '1\n', 'api/a': '1\n' });
    await rollBack(first, 'web');
    expect(subjects(await rangeTo(first))).toEqual(['Both']);
    await repository.commit('Web again', { 'web/a': '2\n' });
    expect(subjects(await rangeTo(first))).toEqual(['Web again', 'Both']);
  });

  it('keeps undone what a branch that began before the rollback had', async () => {
    const first = await start();
    await repository.commit('Bad', { 'app.js': 'bad\n' });
    await repository.git('checkout', '-q', '-b', 'side');
    await repository.commit('Side', { 'side.js': '1\n' });
    await repository.git('checkout', '-q', 'main');
    await rollBack(first);
    await repository.git('merge', '-q', '--no-ff', '-m', 'Merge side', 'side');
    await repository.commit('Later', { 'app.js': 'later\n' });
    expect(subjects(await rangeTo(first))).toEqual(['Later', 'Merge side', 'Side']);
  });

  it('believes no message that its content belies', async () => {
    const first = await start();
    const fix = await repository.commit('Fix the till', { 'app.js': '1\n' });
    await repository.commit(`Tidy\n\nWalkback-Target: ${first}`, { 'api.js': '1\n' });
    await repository.commit(`Tidy more\n\nThis reverts commit ${fix}.`, { 'api.js': '2\n' });
    await repository.commit(`Tidy all\n\nWalkback-Target: ${'a'.repeat(40)}`, { 'api.js': '3\n' });
    expect(subjects(await rangeTo(first))).toEqual(['Tidy all', 'Tidy more', 'Tidy', 'Fix the till']);
  });

  it('can be told of whatever files and subjects are called', async () => {
    const first = await start();
    await repository.commit('Odd \x01 name', { 'a\nb': '1\n', '\nc': '1\n', 'ä "quoted"': '1\n' });
    await repository.commit('None', {});
    const range = await rangeTo(first);
    expect(subjects(range)).toEqual(['Odd \x01 name']);
    expect([...range.files].sort()).toEqual(['\nc', 'a\nb', 'ä "quoted"']);
  });
});

describe('on some paths alone', () => {
  it('counts commits, files and migrations of these paths', async () => {
    const first = await start({ 'apps/web/a': '0\n', 'apps/api/a': '0\n' });
    await repository.commit('Web', { 'apps/web/a': '1\n' });
    await repository.commit('Add a table', { 'apps/api/migrations/1.sql': 'create\n', 'apps/api/a': '1\n' });
    const web = await rangeTo(first, { paths: ['apps/web'] });
    expect(subjects(web)).toEqual(['Web']);
    expect(web).toMatchObject({
      files: ['apps/web/a'],
      fileCount: 1,
      migrations: [],
      migrationsKnown: 'known',
    });
    const api = await rangeTo(first, { paths: ['apps/api/**'] });
    expect(api.migrations).toEqual(['apps/api/migrations/1.sql']);
  });

  it('is nothing at all where nothing differs on them', async () => {
    const first = await start({ 'apps/web/a': '0\n' });
    await repository.commit('Api', { 'apps/api/a': '1\n' });
    expect(await rangeTo(first, { paths: ['apps/web'] })).toMatchObject({ commitCount: 0, fileCount: 0 });
  });
});

describe('migrations', () => {
  it('are not known where nobody said which, and the repository has none', async () => {
    const first = await start();
    await repository.commit('Grow', { 'app.js': '1\n' });
    expect(await rangeTo(first)).toMatchObject({ migrations: [], migrationsKnown: 'none-configured' });
    expect(await rangeTo(first, { migrations: [] })).toMatchObject({
      migrations: [],
      migrationsKnown: 'known',
    });
  });

  it('are not known where no file is what the service calls one', async () => {
    const first = await start({ 'db/migrate/1.rb': '1\n', app: '0\n' });
    await repository.commit('Grow', { app: '1\n' });
    const migrations = ['db/migrations/**'];
    expect(await rangeTo(first, { migrations })).toMatchObject({ migrationsKnown: 'none-match' });
    expect(await rangeTo(first)).toMatchObject({ migrationsKnown: 'known' });
  });

  it('are known where the repository has some, be it that none is undone', async () => {
    const first = await start({ 'Src/Data/Migrations/20240115_Init.cs': '0\n', app: '0\n' });
    await repository.commit('Grow', { app: '1\n' });
    expect(await rangeTo(first)).toMatchObject({ migrations: [], migrationsKnown: 'known' });
    await repository.commit('Drop', { 'Src/Data/Migrations/20240115_Init.cs': null });
    const range = await rangeTo(first);
    expect(range.migrations).toEqual(['Src/Data/Migrations/20240115_Init.cs']);
  });
});
