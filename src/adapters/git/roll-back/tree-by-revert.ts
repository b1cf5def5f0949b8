import { GitFailed } from '../run-git.ts';
import type { Rollback } from './rollback.ts';
import { type ToRevert, whatToRevert } from './what-to-revert.ts';

/** The revert met changes that contradict it; `files` are those that conflict. */
export class RevertConflict extends Error {
  override readonly name = 'RevertConflict';
  readonly files: readonly string[];
  constructor(files: readonly string[]) {
    super(`conflicts in ${files.join(', ')}`);
    this.files = files;
  }
}

/**
 * The tree after reverting what came after the target, newest first. It is worked out on objects alone: without a
 * checkout, so without filters, hooks and drivers that a repository asks for. Throws RevertConflict.
 */
export async function treeByRevert(rollback: Rollback): Promise<string> {
  const { start, commits } = await whatToRevert(rollback);
  const { git } = rollback.mirror;
  const output = await git(['rev-parse', `${start}^{tree}`], { signal: rollback.signal });
  let tree = output.trim();
  for (const commit of commits) tree = await revertOne(rollback, tree, commit);
  return tree;
}

/** A merge of the tree with the commit's parent, whose common ancestor is the commit: what it did is undone. */
async function revertOne(rollback: Rollback, tree: string, commit: ToRevert['start']): Promise<string> {
  const ours = await commitOn(rollback, tree, commit);
  const theirs = await commitOn(rollback, await treeBefore(rollback, commit), commit);
  return mergeTrees(rollback, ours, theirs);
}

/** `git merge-tree` takes a common ancestor of our choice since 2.40 only: two commits made for it lead to it. */
async function commitOn(
  { mirror, request, signal }: Rollback,
  tree: string,
  parent: string,
): Promise<string> {
  const date = `${Math.floor(Date.parse(request.at) / 1_000)} +0000`;
  const environment = { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
  return (
    await mirror.git(['commit-tree', tree, '-p', parent, '-m', 'one side of a revert'], {
      signal,
      environment,
    })
  ).trim();
}

async function treeBefore({ mirror, signal }: Rollback, commit: string): Promise<string> {
  const [, parent] = (await mirror.git(['rev-list', '--parents', '--max-count=1', commit], { signal }))
    .trim()
    .split(' ');
  // Before a first commit there was nothing.
  return parent === undefined
    ? (await mirror.git(['mktree'], { signal, input: '' })).trim()
    : `${parent}^{tree}`;
}

const CONFLICTS = 1;
const UNKNOWN_OPTION = 129;

async function mergeTrees({ mirror, signal }: Rollback, ours: string, theirs: string): Promise<string> {
  const options = ['--write-tree', '-z', '--name-only', '--no-messages'];
  try {
    const merged = await mirror.git(['merge-tree', ...options, ours, theirs], { signal });
    return merged.split('\0')[0] ?? '';
  } catch (error) {
    if (!(error instanceof GitFailed)) throw error;
    if (error.exitCode === CONFLICTS) throw new RevertConflict(conflictsIn(error.output, [ours, theirs]));
    if (error.exitCode !== UNKNOWN_OPTION) throw error;
    const message = 'to revert to a release inside a merged branch, git 2.38 or newer is needed here';
    throw new GitFailed({ exitCode: error.exitCode, output: '', message });
  }
}

/**
 * After the tree come the files, until the list ends with an empty one. A file where the other side has a folder is
 * listed as `name~side`; people know it by its name.
 */
const conflictsIn = (output: string, sides: readonly string[]): readonly string[] => [
  ...new Set(
    output
      .split('\0')
      .slice(1)
      .map((file) => sides.reduce((name, side) => name.replace(`~${side}`, ''), file))
      .filter(Boolean),
  ),
];
