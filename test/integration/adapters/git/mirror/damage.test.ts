import { access, chmod, cp, mkdir, readdir, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGit } from '../../../../../src/adapters/git/create-git.ts';
import type { Git } from '../../../../../src/engine/ports/git.ts';
import { never, rollbackOf } from '../../../../support/git-adapter.ts';
import { createTestRepository, type TestRepository } from '../../../../support/git-repository.ts';

let repository: TestRepository;
let first: string;
let middle: string;
let head: string;
let told: string[];
beforeEach(async () => {
  repository = await createTestRepository();
  told = [];
  first = await repository.commit('First', { app: 'one\n', 'web/page': 'one\n' });
  await repository.git('tag', 'v1');
  middle = await repository.commit('Middle', { app: 'two\n' });
  head = await repository.commit('Last', { app: 'three\n', 'web/page': 'three\n' });
  await repository.git('tag', '-a', '-m', 'Second', 'v2');
  await repository.push();
});
afterEach(() => repository.remove());

/** A process of its own: it knows of the mirror what is on the disk. */
const startGit = (): Git =>
  createGit({
    mirrors: join(repository.folder, 'mirrors'),
    environment: { PATH: process.env['PATH'] ?? '' },
    log: { debug: () => {}, warn: (_fields, message) => void told.push(message) },
  });

async function mirror(...path: readonly string[]): Promise<string> {
  const folder = join(repository.folder, 'mirrors');
  const [name = ''] = await readdir(folder);
  return join(folder, name, ...path);
}

/** All that a plan asks of git. */
async function ask(git: Git): Promise<unknown> {
  const { ref } = repository;
  const range = { target: first, head, paths: [] };
  return [
    await git.fetchHead(ref),
    await git.listReleases(ref),
    await git.resolveTarget(ref, 'v1'),
    await git.resolveTarget(ref, middle),
    await git.resolveTarget(ref, 'nothing-of-that-name'),
    await git.describeRange(ref, range),
    await git.commitsWithin(ref, { among: [middle], ranges: [range] }),
  ];
}

const loose = (hash: string): Promise<string> => mirror('objects', hash.slice(0, 2), hash.slice(2));

async function emptied(path: string): Promise<void> {
  await chmod(path, 0o644);
  await truncate(path, 0);
}

async function packedFile(end: string): Promise<string> {
  await gitIn(await mirror(), 'gc', '-q');
  const names = await readdir(await mirror('objects', 'pack'));
  return mirror('objects', 'pack', names.find((name) => name.endsWith(end)) ?? '');
}

const gitIn = (directory: string, ...args: readonly string[]) =>
  repository.git(`--git-dir=${directory}`, ...args);

const DAMAGE: Readonly<Record<string, () => Promise<void>>> = {
  'an empty commit': async () => emptied(await loose(head)),
  'a lost commit': async () => rm(await loose(middle)),
  'an empty tag': async () => emptied(await mirror('refs', 'tags', 'v1')),
  'something else among the refs': async () => writeFile(await mirror('refs', 'tags', 'v3'), 'half a ha'),
  'no HEAD': async () => rm(await mirror('HEAD')),
  'a broken config': async () => writeFile(await mirror('config'), '[core\nbare'),
  'no objects': async () => rm(await mirror('objects'), { recursive: true }),
  'nothing in it': async () => {
    const directory = await mirror();
    await rm(directory, { recursive: true });
    await mkdir(directory);
  },
  'a file in its place': async () => {
    const directory = await mirror();
    await rm(directory, { recursive: true });
    await writeFile(directory, '');
  },
  'half a pack': async () => {
    const pack = await packedFile('.pack');
    await chmod(pack, 0o644);
    await truncate(pack, 200);
  },
  'an empty commit graph': async () => {
    await packedFile('.pack');
    await emptied(await mirror('objects', 'info', 'commit-graph'));
  },
  'half of the packed refs': async () => {
    await packedFile('.pack');
    await truncate(await mirror('packed-refs'), 80);
  },
};

describe('a mirror that is damaged answers as if it were not', () => {
  for (const [what, damage] of Object.entries(DAMAGE)) {
    it(`with ${what}`, async () => {
      const before = startGit();
      const whole = await ask(before);
      await damage();
      expect(await ask(startGit())).toEqual(whole);
      expect(await before.fetchHead(repository.ref)).toMatchObject({ hash: head });
      expect(await readdir(join(repository.folder, 'mirrors'))).toHaveLength(1);
    });
  }

  it('says in the log that it was made anew', async () => {
    await ask(startGit());
    await emptied(await loose(head));
    await ask(startGit());
    expect(told).toEqual(['a damaged mirror is made anew', 'the mirror is whole again']);
  });

  it('is not made anew for a failure that is the remote’s', async () => {
    const git = startGit();
    await git.fetchHead(repository.ref);
    const gone = { ...repository.ref, branch: 'gone' };
    await expect(git.fetchHead(gone)).rejects.toMatchObject({ trouble: 'no-branch' });
    expect(told).toEqual(['git could not do it']);
  });

  it('keeps what is left of it while the remote is away, and says why it failed', async () => {
    await ask(startGit());
    await emptied(await loose(head));
    await cp(repository.remote, `${repository.remote}-away`, { recursive: true });
    await rm(repository.remote, { recursive: true });
    await expect(startGit().fetchHead(repository.ref)).rejects.toMatchObject({ trouble: 'not-found' });
    await cp(`${repository.remote}-away`, repository.remote, { recursive: true });
    expect(await startGit().fetchHead(repository.ref)).toMatchObject({ hash: head });
  });

  for (const method of ['tree', 'paths', 'revert'] as const)
    it(`rolls back by the method ${method} all the same, and pushes once`, async () => {
      await ask(startGit());
      await emptied(await loose(first));
      await emptied(await loose(head));
      const request = rollbackOf(repository, { target: first, expectedHead: head, method, paths: ['**'] });
      expect(await startGit().rollBack(request, never())).toMatchObject({ kind: 'pushed' });
      expect(await repository.remoteGit('rev-list', '--count', 'main')).toBe('4');
      expect(await repository.remoteGit('diff', '--raw', first, 'main')).toBe('');
    });

  it('is healed by several processes at once, for other branches as well', async () => {
    await repository.git('push', '-q', 'origin', `${middle}:refs/heads/develop`);
    const develop = { ...repository.ref, branch: 'develop' };
    const processes = Array.from({ length: 4 }, startGit);
    const answers = () =>
      Promise.all(
        processes.map(async (git, index) => {
          const ref = index % 2 === 0 ? repository.ref : develop;
          await git.fetchHead(ref);
          return git.describeRange(ref, { target: first, head: index % 2 === 0 ? head : middle, paths: [] });
        }),
      );
    const whole = await answers();
    await emptied(await loose(middle));
    expect(await answers()).toEqual(whole);
    expect(await answers()).toEqual(whole);
    expect(told).toEqual(['a damaged mirror is made anew', 'the mirror is whole again']);
  });
});

describe('what a killed process leaves behind', () => {
  const LONG_AGO = new Date(Date.now() - 3_600_000);

  for (const lock of [
    'packed-refs.lock',
    'shallow.lock',
    'refs/heads/main.lock',
    'objects/pack/multi-pack-index.lock',
    'objects/info/commit-graphs/commit-graph-chain.lock',
  ])
    it(`is taken away: ${lock}`, async () => {
      await startGit().fetchHead(repository.ref);
      await gitIn(await mirror(), 'pack-refs', '--all');
      const path = await mirror(lock);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, '');
      await utimes(path, LONG_AGO, LONG_AGO);
      await repository.git('tag', '-d', 'v1');
      await repository.git('push', '-q', 'origin', ':refs/tags/v1');
      const newest = await repository.commit('Newest', { app: 'four\n' });
      await repository.push();
      const git = startGit();
      expect(await git.fetchHead(repository.ref)).toMatchObject({ hash: newest });
      expect((await git.listReleases(repository.ref)).map(({ tags }) => tags)).toEqual([['v2']]);
      await expect(access(path)).rejects.toThrow('ENOENT');
    });

  it('is waited for while it may still be in use', async () => {
    const git = startGit();
    await git.fetchHead(repository.ref);
    const lock = await mirror('refs', 'heads', 'main.lock');
    await writeFile(lock, '');
    const almost = new Date(Date.now() - 9_500);
    await utimes(lock, almost, almost);
    const newest = await repository.commit('Newest', { app: 'four\n' });
    await repository.push();
    expect(await git.fetchHead(repository.ref)).toMatchObject({ hash: newest });
  });
});
