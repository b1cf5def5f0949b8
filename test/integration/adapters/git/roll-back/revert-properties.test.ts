import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { gitFor, never, rollbackOf } from '../../../../support/git-adapter.ts';
import { createTestRepository, type TestRepository } from '../../../../support/git-repository.ts';

/** What a developer does to one of four files in one commit. */
const change = fc.record({
  file: fc.constantFrom('a.txt', 'lib/b.txt', 'lib/c.txt', 'd.bin'),
  what: fc.constantFrom('edit', 'edit', 'edit', 'delete', 'move', 'mode', 'folder'),
  line: fc.integer({ min: 0, max: 5 }),
});
type Change = typeof change extends fc.Arbitrary<infer Of> ? Of : never;

const history = fc.record({
  base: fc.array(change, { maxLength: 1 }),
  side: fc.array(change, { minLength: 1, maxLength: 3 }),
  meanwhile: fc.array(change, { maxLength: 2 }),
  after: fc.array(change, { maxLength: 2 }),
  /** Which commit of the side branch is a release, to which everything is reverted. */
  released: fc.nat(2),
});

const lines = (line: number, text: string): string =>
  Array.from(
    { length: 6 },
    (_, index) => `${index === line ? text : `line ${index}`}\nbetween\nand between\n`,
  ).join('');

/** Does the change to the clone's files; what is not there to be changed is made. */
async function apply(
  { folder, git }: TestRepository,
  { file, what, line }: Change,
  mark: string,
): Promise<void> {
  const path = join(folder, 'clone', file);
  const known = (await git('ls-files', '--', file)) === file;
  if (known && what === 'delete') return rm(path);
  if (known && what === 'move') return rename(path, `${path}.moved`);
  if (known && what === 'mode') return chmod(path, 0o755);
  if (known && what === 'folder') {
    await rm(path);
    await mkdir(path);
    return writeFile(join(path, 'inside'), mark);
  }
  await rm(path, { recursive: true, force: true });
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, file.endsWith('.bin') ? Buffer.from([0, line, 255, mark.length]) : lines(line, mark));
}

/** Commits the changes one by one; the hash after each. */
async function commitAll(
  repository: TestRepository,
  changes: readonly Change[],
  name: string,
): Promise<string[]> {
  const hashes: string[] = [];
  for (const [index, one] of changes.entries()) {
    await apply(repository, one, `${name} ${index}`);
    hashes.push(await repository.commit(`${name} ${index}`, {}));
  }
  return hashes;
}

/** The files in conflict by the names that they have in the branch: git adds the side where one is a folder. */
const named = (files: string): string =>
  [...new Set(files.split('\n').map((file) => file.replace(/~(HEAD|parent of .*)$/, '')))]
    .toSorted()
    .join('\n');

/** The tree or the files in conflict, as a checkout and `git revert` come to them. */
async function byCheckout({ git }: TestRepository, commits: readonly string[]): Promise<string> {
  try {
    if (commits.length > 0) await git('revert', '--no-commit', '-m', '1', ...commits);
    return await git('write-tree');
  } catch {
    return `conflicts in ${named(await git('diff', '--name-only', '--diff-filter=U'))}`;
  }
}

it('reverts on objects alone as git reverts in a checkout, conflicts and all', async () => {
  await fc.assert(
    fc.asyncProperty(history, async ({ base, side, meanwhile, after, released }) => {
      const repository = await createTestRepository();
      const { git, commit } = repository;
      try {
        await commit('Start', {
          'a.txt': lines(0, 'a'),
          'lib/b.txt': lines(0, 'b'),
          'lib/c.txt': lines(0, 'c'),
        });
        await commitAll(repository, base, 'base');
        await git('checkout', '-q', '-b', 'side');
        const sides = await commitAll(repository, side, 'side');
        await git('checkout', '-q', 'main');
        await commitAll(repository, meanwhile, 'meanwhile');
        await git('merge', '-q', '--no-ff', '--no-commit', '-X', 'theirs', 'side').catch(() => '');
        const merge = await commit('Merge', {});
        const head = (await commitAll(repository, after, 'after')).at(-1) ?? merge;
        await repository.push();
        const target = sides[released % sides.length] ?? merge;

        const result = await gitFor(repository).rollBack(
          rollbackOf(repository, { target, expectedHead: head, method: 'revert' }),
          never(),
        );
        const own = (await git('rev-list', `${merge}..${head}`)).split('\n').filter(Boolean);
        const joined = (await git('rev-list', '--topo-order', '--no-merges', merge, `^${target}`))
          .split('\n')
          .filter(Boolean);
        const expected = await byCheckout(repository, [...own, ...joined]);
        const headTree = await repository.remoteGit('rev-parse', `${head}^{tree}`);
        const found = {
          pushed: async () => repository.remoteGit('rev-parse', 'main^{tree}'),
          conflict: async () =>
            `conflicts in ${result.kind === 'conflict' && result.files.toSorted().join('\n')}`,
          'nothing-to-do': async () => headTree,
          'branch-moved': async () => 'another branch',
        };
        expect(await found[result.kind]()).toBe(expected);
        if (result.kind === 'conflict') expect(await repository.remoteHead()).toBe(head);
      } finally {
        await repository.remove();
      }
    }),
    { numRuns: Number(process.env['REVERT_RUNS'] ?? 12) },
  );
}, 240_000);
