import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Rollback } from './rollback.ts';

/**
 * The head's tree with the given paths (files, folders or globs) as they are in the target; what the target lacks
 * there is removed. Works on an index of its own: no checkout, and no name of a file, in whatever bytes, leaves git.
 */
export async function treeOfPaths(
  { mirror, request, signal }: Rollback,
  trees: { readonly target: string; readonly head: string },
): Promise<string> {
  const patterns = request.paths.map((path) => `:(top,glob)${path}`);
  if (patterns.length === 0) throw new Error('the git method paths needs at least one path');
  const folder = await mkdtemp(join(tmpdir(), 'walkback-index-'));
  // Git resets an index only where there is a working tree; nothing is written into this one.
  const environment = { GIT_INDEX_FILE: join(folder, 'index'), GIT_WORK_TREE: folder };
  const options = { signal, environment };
  try {
    await mirror.git(['read-tree', trees.head], options);
    await mirror.git(['reset', '--quiet', trees.target, '--', ...patterns], options);
    return (await mirror.git(['write-tree'], options)).trim();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
