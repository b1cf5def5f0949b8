import type { Commit } from '../../../domain/git/git-facts.ts';
import type { RepositoryRef } from '../../../engine/ports/git.ts';
import type { RunGit } from '../run-git.ts';
import { fromUnix } from './commit-format.ts';

/** A tag is either an annotated one, whose commit is behind a `*`, or the commit itself. */
const FIELDS = ['objecttype', 'objectname', 'committerdate:unix', 'authorname', 'subject'];
const FORMAT = [
  '%(refname)',
  ...FIELDS.map((name) => `%(*${name})`),
  ...FIELDS.map((name) => `%(${name})`),
].join('%00');

/** Release tags reachable from the branch, highest version first (v1.10 before v1.9, v2.0 before v2.0-rc1). */
export async function listReleases(
  { git, ref }: { readonly git: RunGit; readonly ref: RepositoryRef },
  limit: number,
): Promise<readonly Commit[]> {
  const output = await git([
    'for-each-ref',
    `--merged=refs/heads/${ref.branch}`,
    '--sort=-version:refname',
    `--count=${limit}`,
    `--format=${FORMAT}`,
    `refs/tags/${ref.releases}`,
  ]);
  return output.split('\n').flatMap(parseLine);
}

function parseLine(line: string): readonly Commit[] {
  const [name = '', ...fields] = line.split('\0');
  const peeled = fields.slice(0, FIELDS.length);
  const own = fields.slice(FIELDS.length);
  const [type, hash = '', seconds, author = '', subject = ''] = peeled[0] === '' ? own : peeled;
  if (type !== 'commit') return [];
  return [{ hash, release: name.slice('refs/tags/'.length), subject, author, at: fromUnix(seconds) }];
}
