import { nameRelease, orderReleases, type Release } from '../../../domain/git/release.ts';
import type { RepositoryRef } from '../../../engine/ports/git.ts';
import type { RunGit } from '../run-git.ts';
import { fromUnix } from './commit-format.ts';

/** A tag is either an annotated one, whose commit is behind a `*`, or the commit itself. */
const FIELDS = ['objecttype', 'objectname', 'tree', 'committerdate:unix', 'authorname', 'subject'];
const FORMAT = [
  '%(refname)',
  ...FIELDS.map((name) => `%(*${name})`),
  ...FIELDS.map((name) => `%(${name})`),
].join('%00');

/** Release tags reachable from the branch, a commit each, the newest first (v1.10 before v1.9, v2.0 before v2.0-rc1). */
export async function listReleases({
  git,
  ref,
}: {
  readonly git: RunGit;
  readonly ref: RepositoryRef;
}): Promise<readonly Release[]> {
  const output = await git([
    'for-each-ref',
    `--merged=refs/heads/${ref.branch}`,
    `--format=${FORMAT}`,
    `refs/tags/${ref.releases}`,
  ]);
  const byCommit = new Map<string, Tagged[]>();
  for (const tagged of output.split('\n').flatMap(parseLine)) {
    const others = byCommit.get(tagged.commit.hash);
    if (others === undefined) byCommit.set(tagged.commit.hash, [tagged]);
    else others.push(tagged);
  }
  return orderReleases([...byCommit.values()].flatMap(ofOneCommit));
}

type Tagged = Omit<Release, 'tags'> & { readonly tag: string };

function ofOneCommit(tagged: readonly Tagged[]): readonly Release[] {
  const tags = tagged.map(({ tag }) => tag);
  const name = nameRelease(tags);
  const [first] = tagged;
  if (first === undefined || name === undefined) return [];
  return [{ commit: { ...first.commit, release: name }, tags, tree: first.tree }];
}

function parseLine(line: string): readonly Tagged[] {
  const [name = '', ...fields] = line.split('\0');
  const peeled = fields.slice(0, FIELDS.length);
  const own = fields.slice(FIELDS.length);
  const [type, hash = '', tree = '', seconds, author = '', subject = ''] = peeled[0] === '' ? own : peeled;
  if (type !== 'commit') return [];
  const tag = name.slice('refs/tags/'.length);
  return [{ tag, tree, commit: { hash, release: tag, subject, author, at: fromUnix(seconds) } }];
}
