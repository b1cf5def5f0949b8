import type { RollbackRequest, RollbackResult } from '../../../engine/ports/git.ts';
import { saysDamaged } from '../mirror/find-damage.ts';
import { askRemoteHead } from '../remote-head.ts';
import { GitFailed } from '../run-git.ts';
import { commitTree } from './commit-tree.ts';
import { pushBranch } from './push-branch.ts';
import { resetBranch } from './reset-branch.ts';
import type { Rollback } from './rollback.ts';
import { RevertConflict, treeByRevert } from './tree-by-revert.ts';
import { treeOfPaths } from './tree-of-paths.ts';

/**
 * Makes the commit that takes the branch back, and pushes it if the remote's branch is still where it is expected.
 * The same request always makes the same commit, so doing it again finds it pushed.
 */
export async function rollBack(rollback: Rollback): Promise<RollbackResult> {
  const { request, mirror, signal } = rollback;
  const trees = await findTrees(rollback);
  if (trees === undefined) {
    const head = await askRemoteHead({ ...rollback, git: mirror.git, ref: request.ref });
    if (head === request.expectedHead) {
      const message = `bad object: commit ${request.target} is not in ${request.ref.branch}`;
      throw new GitFailed({ exitCode: 0, output: '', message });
    }
    return { kind: 'branch-moved', head };
  }
  if (request.method === 'reset') return resetBranch(rollback);
  try {
    const tree = await wantedTree(rollback, trees);
    if (tree === trees.head) return { kind: 'nothing-to-do' };
    const commit = await commitTree({ git: mirror.git, request, tree, signal });
    return await pushBranch(rollback, { commit, detail: describe(request, commit) });
  } catch (error) {
    if (error instanceof RevertConflict) return { kind: 'conflict', files: error.files };
    throw error;
  }
}

type Trees = { readonly target: string; readonly head: string };

/** The trees of both commits; a mirror that lacks one (another worker's made the plan) is brought up to date. */
async function findTrees({ mirror, request, signal }: Rollback): Promise<Trees | undefined> {
  await mirror.ready(signal);
  const known = await readTrees({ mirror, request, signal });
  if (known !== undefined) return known;
  await mirror.fetch(signal);
  return readTrees({ mirror, request, signal });
}

async function readTrees({ mirror, request, signal }: Omit<Rollback, 'folder'>): Promise<Trees | undefined> {
  try {
    const names = [`${request.target}^{tree}`, `${request.expectedHead}^{tree}`];
    const [target = '', head = ''] = (await mirror.git(['rev-parse', ...names], { signal })).split('\n');
    return { target, head };
  } catch (error) {
    if (error instanceof GitFailed && !saysDamaged(error)) return undefined;
    throw error;
  }
}

async function wantedTree(rollback: Rollback, trees: Trees): Promise<string> {
  switch (rollback.request.method) {
    case 'paths':
      return treeOfPaths(rollback, trees);
    case 'revert':
      return treeByRevert(rollback);
    default:
      return trees.target;
  }
}

const describe = ({ ref, method, target }: RollbackRequest, commit: string): string =>
  `pushed ${commit.slice(0, 7)} to ${ref.branch}: ${WORDS[method]} ${target.slice(0, 7)}`;

const WORDS = {
  tree: 'everything as in',
  paths: 'the given paths as in',
  revert: 'reverts what came after',
  reset: 'reset to',
} as const;
