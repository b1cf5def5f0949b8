import type { CommitRange } from '../../../engine/ports/git.ts';
import { saysDamaged } from '../mirror/find-damage.ts';
import { GitFailed, type RunGit } from '../run-git.ts';

/**
 * For each range those commits of `among` that came after its target, up to its head. Three processes, however many
 * ranges there are. Commits that the repository has no longer lie in no range, nor does anything in a range that ends
 * or begins with one.
 */
export async function commitsWithin(
  git: RunGit,
  { among, ranges }: { readonly among: readonly string[]; readonly ranges: readonly CommitRange[] },
): Promise<readonly (readonly string[])[]> {
  const known = await existing(
    git,
    ranges.flatMap(({ target, head }) => [target, head]),
  );
  const whole = ranges.filter(({ target, head }) => known.has(target) && known.has(head));
  if (whole.length === 0) return ranges.map(() => []);
  const parents = await readParents(git, whole);
  return ranges.map((range) => {
    if (!whole.includes(range)) return [];
    const before = reach(parents, range.target, new Set());
    const within = reach(parents, range.head, before);
    return among.filter((hash) => within.has(hash));
  });
}

async function existing(git: RunGit, hashes: readonly string[]): Promise<ReadonlySet<string>> {
  const distinct = [...new Set(hashes)];
  if (distinct.length === 0) return new Set();
  const output = await git(['cat-file', '--batch-check=%(objecttype) %(objectname)'], {
    input: distinct.map((hash) => `${hash}\n`).join(''),
  });
  return new Set(
    output.split('\n').flatMap((line) => (line.startsWith('commit ') ? [line.slice('commit '.length)] : [])),
  );
}

type Parents = ReadonlyMap<string, readonly string[]>;

/** Of every commit since what all targets have in common. */
async function readParents(git: RunGit, ranges: readonly CommitRange[]): Promise<Parents> {
  const common = await commonAncestor(git, [...new Set(ranges.map(({ target }) => target))]);
  const revisions = [
    ...ranges.flatMap(({ target, head }) => [target, head]),
    ...(common === undefined ? [] : [`^${common}`]),
  ];
  const output = await git(['rev-list', '--parents', '--stdin'], {
    input: revisions.map((revision) => `${revision}\n`).join(''),
  });
  return new Map(
    output.split('\n').map((line) => {
      const [hash = '', ...parents] = line.split(' ');
      return [hash, parents];
    }),
  );
}

async function commonAncestor(git: RunGit, targets: readonly string[]): Promise<string | undefined> {
  try {
    return (await git(['merge-base', '--octopus', ...targets])).trim();
  } catch (error) {
    // Histories that have nothing in common.
    if (error instanceof GitFailed && !saysDamaged(error)) return undefined;
    throw error;
  }
}

/** A commit and all before it that are listed, but for what is in `without`. */
function reach(parents: Parents, from: string, without: ReadonlySet<string>): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [from];
  for (let hash = open.pop(); hash !== undefined; hash = open.pop()) {
    if (without.has(hash) || reached.has(hash) || !parents.has(hash)) continue;
    reached.add(hash);
    open.push(...(parents.get(hash) ?? []));
  }
  return reached;
}
