import { chmod, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gitFor, never, rollbackOf } from '../../../../support/git-adapter.ts';
import { createTestRepository, type TestRepository } from '../../../../support/git-repository.ts';

let repository: TestRepository;
beforeEach(async () => {
  repository = await createTestRepository();
});
afterEach(() => repository.remove());

/** "Größe 9.txt" as a system of last century wrote it: no UTF-8. */
const LATIN_1 = Buffer.from('Gr\xf6\xdfe 9.txt', 'latin1');
const ATTRIBUTES = `*.bin filter=lfs diff=lfs merge=lfs -text
*.txt text eol=crlf ident
*.u16 text working-tree-encoding=UTF-16
version export-subst
*.lock merge=binary
`;
const POINTER = (size: number): string =>
  `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize ${size}\n`;

const at = (...path: readonly string[]): string => join(repository.folder, 'clone', ...path);
const latin1 = (): Buffer => Buffer.concat([Buffer.from(at('')), Buffer.from('/'), LATIN_1]);

/** Every kind of thing that a tree can hold. */
async function everything(): Promise<void> {
  await mkdir(at('vendor', 'lib'), { recursive: true });
  await writeFile(at('.gitattributes'), ATTRIBUTES);
  await writeFile(latin1(), 'nine\n');
  await writeFile(at('photo.bin'), POINTER(1));
  await writeFile(at('note.txt'), '$Id$ one\r\n');
  await writeFile(at('version'), '$Format:%H$\n');
  await writeFile(at('Readme'), 'a long text\nwith lines\nthat stay\n');
  await writeFile(at('deploy.sh'), 'true\n', { mode: 0o755 });
  await writeFile(at('yarn.lock'), 'one\n');
  await symlink('deploy.sh', at('current'));
  await writeFile(at('was-file'), 'file\n');
  await mkdir(at('was-folder'));
  await writeFile(at('was-folder', 'inside'), 'inside\n');
  await writeFile(at(' "quoted"\tand\\so\non'), 'odd\n');
  await writeFile(at(':(top)strange*'), 'pathspec\n');
}

/** All of it changed, each in the way that is easiest to get wrong. */
async function changeEverything(): Promise<void> {
  await writeFile(at('.gitattributes'), `${ATTRIBUTES}*.sh filter=lfs\n`);
  await rm(latin1());
  await writeFile(at('photo.bin'), POINTER(22));
  await writeFile(at('note.txt'), '$Id$ two\n');
  await writeFile(at('version'), '$Format:%h$\n');
  await rename(at('Readme'), at('README'));
  await chmod(at('deploy.sh'), 0o644);
  await writeFile(at('yarn.lock'), 'two\n');
  await rm(at('current'));
  await symlink('Readme', at('current'));
  await rm(at('was-file'));
  await mkdir(at('was-file'));
  await writeFile(at('was-file', 'inside'), 'now a folder\n');
  await rm(at('was-folder'), { recursive: true });
  await writeFile(at('was-folder'), 'now a file\n');
  await rm(at(' "quoted"\tand\\so\non'));
  await writeFile(at(':(top)strange*'), 'changed\n');
}

const submodule = (hash: string): Promise<string> =>
  repository.git('update-index', '--add', '--cacheinfo', `160000,${hash.repeat(40)},vendor/lib`);

async function commitWith(subject: string, link: string): Promise<string> {
  await repository.git('-c', 'core.safecrlf=false', 'add', '--all');
  await submodule(link);
  await repository.git('commit', '-q', '-m', subject);
  return repository.git('rev-parse', 'HEAD');
}

/** A git whose every content filter and merge driver fails, as that of a worker without git-lfs does. */
async function gitWithoutLfs() {
  const failing = ['[filter "lfs"]', 'smudge = false', 'clean = false', 'required = true'];
  const drivers = ['[merge "lfs"]', 'driver = false', '[diff "lfs"]', 'textconv = false'];
  const config = [...failing, ...drivers, '[merge]', 'default = lfs', ''].join('\n');
  await writeFile(join(repository.folder, '.gitconfig'), config);
  return gitFor(repository);
}

const treeOf = (commit: string): Promise<string> => repository.remoteGit('rev-parse', `${commit}^{tree}`);

describe('a rollback restores to the byte whatever a repository holds, without a filter, a driver or an attribute', () => {
  for (const method of ['tree', 'paths', 'revert', 'reset'] as const)
    it(`by the method ${method}`, async () => {
      await everything();
      const target = await commitWith('Good', '1');
      await changeEverything();
      const expectedHead = await commitWith('Bad', '2');
      await repository.push();
      const git = await gitWithoutLfs();
      const request = rollbackOf(repository, { target, expectedHead, method, paths: ['**'] });
      expect(await git.rollBack(request, never())).toMatchObject({ kind: 'pushed' });
      expect(await treeOf('main')).toBe(await treeOf(target));
    });

  it('by reverting, one by one, commits beside a release that was merged', async () => {
    await everything();
    await commitWith('Start', '1');
    await repository.git('checkout', '-q', '-b', 'release');
    const target = await repository.commit('Release', { 'release-notes': 'v1\n' });
    await repository.git('checkout', '-q', '--force', 'main');
    await changeEverything();
    const bad = await commitWith('Bad', '2');
    await repository.git('checkout', '-q', '--detach', '--force', bad);
    const merged = await repository.git(
      'commit-tree',
      await repository.git('merge-tree', '--write-tree', bad, target),
      ...['-p', bad, '-p', target, '-m', 'Merge release'],
    );
    await repository.git('push', '-q', 'origin', `${merged}:refs/heads/main`);
    const git = await gitWithoutLfs();
    const request = rollbackOf(repository, { target, expectedHead: merged, method: 'revert' });
    expect(await git.rollBack(request, never())).toMatchObject({ kind: 'pushed' });
    expect(await repository.remoteGit('diff', '--raw', target, 'main')).toBe('');
  });
});
