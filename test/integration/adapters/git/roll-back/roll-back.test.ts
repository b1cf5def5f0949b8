import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Git, GitTroubled } from '../../../../../src/engine/ports/git.ts';
import { gitFor, never, rollbackOf } from '../../../../support/git-adapter.ts';
import { createTestRepository, type TestRepository } from '../../../../support/git-repository.ts';

let repository: TestRepository;
let git: Git;
let good: string;
let bad: string;

beforeEach(async () => {
  repository = await createTestRepository();
  good = await repository.commit('Good', { 'app.js': 'good\n', 'lib/a.js': 'a\n', 'old.txt': 'old\n' });
  bad = await repository.commit('Bad', { 'app.js': 'bad\n', 'lib/b.js': 'b\n', 'old.txt': null });
  await repository.push();
  git = gitFor(repository);
  await git.fetchHead(repository.ref);
});
afterEach(() => repository.remove());

const tree = (commit: string): Promise<string> => repository.remoteGit('rev-parse', `${commit}^{tree}`);
const files = async (commit: string): Promise<readonly string[]> =>
  (await repository.remoteGit('ls-tree', '-r', '--name-only', commit)).split('\n');
const rollback = (change: Parameters<typeof rollbackOf>[1]) =>
  git.rollBack(rollbackOf(repository, change), never());

describe('the method tree', () => {
  it('pushes one commit on top of the head with the target’s tree', async () => {
    const result = await rollback({ target: good, expectedHead: bad });
    const head = await repository.remoteHead();
    expect(result).toMatchObject({ kind: 'pushed', commit: head });
    expect(await repository.remoteGit('rev-parse', `${head}^`)).toBe(bad);
    expect(await tree(head)).toBe(await tree(good));
    const shown = await repository.remoteGit('show', '-s', '--format=%an %ae %cn %aI %cI|%B', head);
    expect(shown).toBe(
      'Walkback walkback@example.com Walkback 2030-02-01T10:20:30+00:00 2030-02-01T10:20:30+00:00|' +
        'Roll back main\n\nThe checkout fails.',
    );
  });

  it('finds its own result when it is done again, also by a worker elsewhere, and pushes nothing', async () => {
    const first = await rollback({ target: good, expectedHead: bad });
    const second = await rollback({ target: good, expectedHead: bad });
    const elsewhere = await gitFor(repository, 'other-machine').rollBack(
      rollbackOf(repository, { target: good, expectedHead: bad }),
      never(),
    );
    expect(second).toEqual(first);
    expect(elsewhere).toEqual(first);
    expect(await repository.remoteGit('rev-list', '--count', 'main')).toBe('3');
  });

  it('finds its own result under what somebody has pushed since, as where the answer to its push was lost', async () => {
    const first = await rollback({ target: good, expectedHead: bad });
    await repository.git('pull', '-q', 'origin', 'main');
    const ahead = await repository.commit('Ahead', { 'app.js': 'ahead\n' });
    await repository.push();
    const fresh = gitFor(repository, 'other-machine');
    const again = await fresh.rollBack(rollbackOf(repository, { target: good, expectedHead: bad }), never());
    expect(first).toMatchObject({ kind: 'pushed' });
    expect(again).toMatchObject({ ...first, detail: expect.stringContaining('has moved on since') });
    expect(await repository.remoteHead()).toBe(ahead);
  });

  it('pushes nothing when somebody else got ahead, and tells the head there is now', async () => {
    const ahead = await repository.commit('Ahead', { 'app.js': 'ahead\n' });
    await repository.push();
    const result = await rollback({ target: good, expectedHead: bad });
    expect(result).toEqual({ kind: 'branch-moved', head: ahead });
    expect(await repository.remoteHead()).toBe(ahead);
  });

  it('pushes nothing when the expected head was rewritten away before this worker ever saw it', async () => {
    await repository.git('reset', '-q', '--hard', good);
    const rewritten = await repository.commit('Rewritten', { 'app.js': 'other\n' });
    await repository.git('push', '-q', '--force', 'origin', 'main');
    await repository.remoteGit('update-ref', '-d', 'refs/heads/lost');
    const fresh = gitFor(repository, 'other-machine');
    const result = await fresh.rollBack(rollbackOf(repository, { target: good, expectedHead: bad }), never());
    expect(result).toEqual({ kind: 'branch-moved', head: rewritten });
  });

  it('has nothing to do where the content is the same already', async () => {
    const result = await rollback({ target: bad, expectedHead: bad });
    expect(result).toEqual({ kind: 'nothing-to-do' });
    expect(await repository.remoteHead()).toBe(bad);
  });

  it('takes text that looks like options as the message', async () => {
    await rollback({ target: good, expectedHead: bad, message: '--upload-pack=touch /tmp/x\n-c a=b' });
    const message = await repository.remoteGit('show', '-s', '--format=%B', 'main');
    expect(message).toBe('--upload-pack=touch /tmp/x\n-c a=b');
  });

  it('throws what the remote says when it refuses the push', async () => {
    const hook = join(repository.remote, 'hooks', 'pre-receive');
    const banner =
      'for rule in 1 2 3 4 5 6 7 8 9; do echo "rule $rule: see the handbook before you push" >&2; done';
    const script = `#!/bin/sh\n${banner}\necho "main needs a ticket number" >&2\nexit 1\n`;
    await writeFile(hook, script, { mode: 0o755 });
    const refused = await rollback({ target: good, expectedHead: bad }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(GitTroubled);
    expect(refused).toMatchObject({
      trouble: 'push-refused',
      message: expect.stringMatching(/^… .*main needs a ticket number; pre-receive hook declined$/),
      whole: expect.stringContaining('rule 1: see the handbook'),
    });
    expect(await repository.remoteHead()).toBe(bad);
  });

  it('throws GitTroubled when the remote is gone', async () => {
    await repository.remoteGit('config', 'core.repositoryFormatVersion', '99');
    await expect(rollback({ target: good, expectedHead: bad })).rejects.toThrow(GitTroubled);
  });

  it('lets only one of two rollbacks at the same moment through', async () => {
    const requests = ['first', 'second'].map((message) =>
      rollback({ target: good, expectedHead: bad, message }),
    );
    const results = await Promise.all(requests);
    const pushed = results.filter(({ kind }) => kind === 'pushed');
    const head = await repository.remoteHead();
    expect(pushed).toEqual([expect.objectContaining({ commit: head })]);
    expect(results).toContainEqual({ kind: 'branch-moved', head });
  });
});

describe('the method paths', () => {
  const paths = (...list: string[]) =>
    rollback({ target: good, expectedHead: bad, method: 'paths', paths: list });

  it('takes only the given paths back, and removes what the target lacks there', async () => {
    expect(await paths('lib', 'old.txt')).toMatchObject({ kind: 'pushed' });
    expect(await files('main')).toEqual(['app.js', 'lib/a.js', 'old.txt']);
    expect(await repository.remoteGit('show', 'main:app.js')).toBe('bad');
  });

  it('understands globs', async () => {
    await paths('*.js');
    expect(await repository.remoteGit('show', 'main:app.js')).toBe('good');
    expect(await files('main')).toEqual(['app.js', 'lib/a.js', 'lib/b.js']);
  });

  it('puts a file back where there is a folder now', async () => {
    const folder = await repository.commit('Folder', {
      'app.js': null,
      'app.js/main.js': 'x\n',
      'new/x': 'x\n',
    });
    await repository.push();
    await rollback({ target: good, expectedHead: folder, method: 'paths', paths: ['app.js'] });
    expect(await files('main')).toEqual(['app.js', 'lib/a.js', 'lib/b.js', 'new/x']);
  });

  it('has nothing to do for paths that are the same, or nowhere', async () => {
    expect(await paths('lib/a.js', 'nowhere')).toEqual({ kind: 'nothing-to-do' });
  });

  it('makes the same commit again', async () => {
    expect(await paths('lib')).toEqual(await paths('lib'));
  });
});

describe('the method revert', () => {
  const revert = (target: string, expectedHead: string) =>
    rollback({ target, expectedHead, method: 'revert' });

  it('reverts several commits and merges as one commit', async () => {
    await repository.git('checkout', '-q', '-b', 'feature');
    await repository.commit('Feature one', { 'feature.js': '1\n' });
    await repository.commit('Feature two', { 'feature.js': '2\n' });
    await repository.git('checkout', '-q', 'main');
    await repository.commit('Meanwhile', { 'app.js': 'worse\n' });
    await repository.git('merge', '-q', '--no-ff', '-m', 'Merge feature', 'feature');
    const head = await repository.commit('After', { 'feature.js': '3\n' });
    await repository.push();
    const result = await revert(good, head);
    expect(result).toMatchObject({ kind: 'pushed', commit: await repository.remoteHead() });
    expect(await repository.remoteGit('rev-parse', 'main^')).toBe(head);
    expect(await tree('main')).toBe(await tree(good));
  });

  it('makes the same commit again and leaves no worktree behind', async () => {
    const first = await revert(good, bad);
    expect(await revert(good, bad)).toEqual(first);
    const left = await readdir(join(repository.folder, 'mirrors'));
    expect(left.filter((name) => !name.endsWith('.git'))).toEqual([]);
  });

  it('keeps a target that a merge brought in', async () => {
    const { fix } = await mergeHotfix({ 'fix.js': '1\n' }, { 'fix.js': '1\n' });
    const head = await repository.commit('After', { 'app.js': 'worse\n' });
    await repository.push();
    expect(await revert(fix, head)).toMatchObject({ kind: 'pushed' });
    expect(await tree('main')).toBe(await tree(fix));
  });

  it('names the files of a conflict, pushes nothing and leaves no worktree behind', async () => {
    const [mirror = ''] = await readdir(join(repository.folder, 'mirrors'));
    const { fix, merged } = await mergeHotfix({ 'app.js': 'fixed\n' }, { 'app.js': 'bad, fixed\n' });
    expect(await revert(fix, merged)).toEqual({ kind: 'conflict', files: ['app.js'] });
    expect(await repository.remoteHead()).toBe(merged);
    expect(await readdir(join(repository.folder, 'mirrors'))).toEqual([mirror]);
  });

  it('names a file where a folder is by now as people know it', async () => {
    const folder = { 'app.js': null, 'app.js/index.js': 'split up\n' };
    const { fix, merged } = await mergeHotfix({ 'app.js': 'fixed\n' }, folder);
    expect(await revert(fix, merged)).toEqual({ kind: 'conflict', files: ['app.js'] });
  });
});

/** A hotfix made on the good commit and then merged into main, which is bad; `resolved` is what the merge says. */
async function mergeHotfix(change: Record<string, string>, resolved: Record<string, string | null>) {
  await repository.git('checkout', '-q', '-b', 'hotfix', good);
  const fix = await repository.commit('Hotfix', change);
  await repository.git('checkout', '-q', 'main');
  await repository.git('merge', '-q', '-s', 'ours', '--no-commit', '--no-ff', 'hotfix');
  const merged = await repository.commit('Merge hotfix', resolved);
  await repository.push();
  return { fix, merged };
}

describe('the method reset', () => {
  const reset = (change: { target: string; expectedHead: string; run?: string }) =>
    rollback({ ...change, method: 'reset' });
  const backup = (run = 'RUN-7') => repository.remoteGit('rev-parse', `refs/heads/walkback/backup/${run}`);

  it('moves the branch to the target and keeps the old head on a backup branch', async () => {
    const result = await reset({ target: good, expectedHead: bad });
    expect(result).toMatchObject({ kind: 'pushed', commit: good });
    expect(await repository.remoteHead()).toBe(good);
    expect(await backup()).toBe(bad);
  });

  it('leaves branch and backup alone when it is done again', async () => {
    const first = await reset({ target: good, expectedHead: bad });
    expect(await reset({ target: good, expectedHead: bad })).toEqual(first);
    expect(await backup()).toBe(bad);
  });

  it('pushes neither branch nor backup when somebody else got ahead', async () => {
    const ahead = await repository.commit('Ahead', { 'app.js': 'ahead\n' });
    await repository.push();
    expect(await reset({ target: good, expectedHead: bad })).toEqual({ kind: 'branch-moved', head: ahead });
    expect(await repository.remoteGit('for-each-ref', 'refs/heads/walkback')).toBe('');
  });

  it('never overwrites an earlier backup of the same run', async () => {
    await reset({ target: good, expectedHead: bad });
    await repository.git('reset', '-q', '--hard', good);
    const other = await repository.commit('Other', { 'app.js': 'other\n' });
    await repository.push();
    await reset({ target: good, expectedHead: other });
    expect(await backup()).toBe(bad);
    expect(await backup(`RUN-7-${other.slice(0, 12)}`)).toBe(other);
  });
});

describe('a worker that is stopped', () => {
  it('pushes nothing once it is aborted', async () => {
    const request = rollbackOf(repository, { target: good, expectedHead: bad });
    await expect(git.rollBack(request, AbortSignal.abort())).rejects.toThrow(/abort/);
    expect(await repository.remoteHead()).toBe(bad);
  });

  it('lets a push in hand end, so that what arrived is known, and pushes nothing after that', async () => {
    const pipe = (name: string) => join(repository.folder, name);
    await promisify(execFile)('mkfifo', [pipe('begun'), pipe('gate')]);
    const hook = join(repository.remote, 'hooks', 'pre-receive');
    await writeFile(hook, `#!/bin/sh\necho > '${pipe('begun')}'\nread go < '${pipe('gate')}'\n`, {
      mode: 0o755,
    });
    const stop = new AbortController();
    const result = git.rollBack(rollbackOf(repository, { target: good, expectedHead: bad }), stop.signal);
    const settled = result.catch((error: unknown) => error);
    await readFile(pipe('begun'));
    stop.abort('cancelled');
    await writeFile(pipe('gate'), 'go\n');
    expect(await settled).toMatchObject({ kind: 'pushed', commit: await repository.remoteHead() });
  });

  it('runs no hooks', async () => {
    const [mirror = ''] = await readdir(join(repository.folder, 'mirrors'));
    const hook = join(repository.folder, 'mirrors', mirror, 'hooks', 'pre-push');
    await writeFile(hook, '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    expect(await rollback({ target: good, expectedHead: bad })).toMatchObject({ kind: 'pushed' });
  });
});
