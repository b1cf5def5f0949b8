import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Rollback } from './rollback.ts';

/**
 * The head's tree with the given paths (files, folders or globs) as they are in the target; what the target lacks
 * there is removed. Works on an index of its own: no checkout.
 */
export async function treeOfPaths(
  { mirror, request, signal }: Rollback,
  trees: { readonly target: string; readonly head: string },
): Promise<string> {
  const patterns = request.paths.map((path) => `:(top,glob)${path}`);
  if (patterns.length === 0) throw new Error('the git method paths needs at least one path');
  const raw = await mirror.git(
    [
      'diff-tree',
      '-r',
      '-z',
      '--raw',
      '--no-abbrev',
      '--no-renames',
      trees.head,
      trees.target,
      '--',
      ...patterns,
    ],
    { signal },
  );
  if (raw === '') return trees.head;
  const folder = await mkdtemp(join(tmpdir(), 'walkback-index-'));
  const options = { signal, environment: { GIT_INDEX_FILE: join(folder, 'index') } };
  try {
    await mirror.git(['read-tree', trees.head], options);
    await mirror.git(['update-index', '-z', '--replace', '--index-info'], {
      ...options,
      input: indexInfo(raw),
    });
    return (await mirror.git(['write-tree'], options)).trim();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** From `:MODE MODE HASH HASH STATUS NUL PATH NUL` to update-index's `MODE HASH TAB PATH NUL`; mode 0 removes. */
function indexInfo(raw: string): string {
  const fields = raw.split('\0');
  const entries: string[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [, mode, , hash] = (fields[at] ?? '').split(' ');
    entries.push(`${mode} ${hash}\t${fields[at + 1]}\0`);
  }
  // Removals first, so that a file can take the place of a folder.
  return entries.sort((one, other) => Number(other.startsWith('0')) - Number(one.startsWith('0'))).join('');
}
