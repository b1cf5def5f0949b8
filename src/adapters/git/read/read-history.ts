import type { HistoryCommit } from '../../../domain/git/net-commits.ts';
import type { RepositoryRef } from '../../../engine/ports/git.ts';
import { saysDamaged } from '../mirror/find-damage.ts';
import { GitFailed, type RunGit } from '../run-git.ts';
import { changedFiles } from './changed-files.ts';
import { fromUnix, releaseIn } from './commit-format.ts';

/** Of a longer history the newest so many are read. */
const READ = 10_000;

type Reading = {
  readonly git: RunGit;
  readonly ref: RepositoryRef;
  readonly target: string;
  readonly head: string;
};

/**
 * The commits from the target to the head, newest first, with what each changed; from before the target where a rollback
 * in between went further back. `unread` are those for which there was no room.
 */
export async function readHistory(
  reading: Reading,
): Promise<{ readonly history: readonly HistoryCommit[]; readonly unread: number }> {
  let base = reading.target;
  let logged = await readLog(reading, base);
  // A rollback that is found may lead further back, where there may be another.
  for (;;) {
    const known = hashesOf(logged);
    const missing = logged.flatMap(({ returnsTo }) => returnsTo ?? []).filter((hash) => !known.has(hash));
    const isFull = logged.length >= READ || missing.length === 0;
    const further = isFull ? undefined : await commonAncestor(reading.git, [base, ...new Set(missing)]);
    if (further === undefined || further === base) break;
    base = further;
    logged = await readLog(reading, base);
  }
  const isWhole = hashesOf(logged).has(base);
  return { history: await withBacks(reading.git, logged), unread: isWhole ? 0 : await countUnread(reading) };
}

type Logged = Omit<HistoryCommit, 'back'> & { readonly tree: string; readonly returnsTo: string | undefined };

const FIELDS = ['%H', '%P', '%T', '%ct', '%an', '%D', '%s', '%b'];
const RETURNS = /^Walkback-Target: ([0-9a-f]{40})$/m;
const REVERTS = /^This reverts commit ([0-9a-f]{40})/m;

async function readLog({ git, ref, head }: Reading, base: string): Promise<readonly Logged[]> {
  const output = await git([
    ...['log', `--max-count=${READ}`, '--date-order', '--no-notes', '--decorate=full'],
    `--decorate-refs=refs/tags/${ref.releases}`,
    ...['-z', '--name-only', '--no-renames', '--diff-merges=first-parent'],
    `--format=${FIELDS.map((field) => `%x00${field}`).join('')}`,
    ...['--end-of-options', head, `^${base}^@`, '--'],
  ]);
  return parse(output.split('\0'));
}

/** Each commit is an empty text, its fields and the names of its files: a name is never empty, so none can pass for a commit. */
function parse(texts: readonly string[]): readonly Logged[] {
  const commits: Logged[] = [];
  for (let at = 1; at + FIELDS.length <= texts.length; ) {
    const fields = texts.slice(at, at + FIELDS.length);
    const end = texts.indexOf('', at + FIELDS.length);
    const files = texts.slice(at + FIELDS.length, end < 0 ? undefined : end);
    commits.push(
      toCommit(
        fields,
        files.map((file, index) => (index === 0 ? file.replace(/^\n/, '') : file)),
      ),
    );
    if (end < 0) break;
    at = end + 1;
  }
  return commits;
}

function toCommit(fields: readonly string[], files: readonly string[]): Logged {
  const [
    hash = '',
    parents = '',
    tree = '',
    seconds,
    author = '',
    decorations = '',
    subject = '',
    body = '',
  ] = fields;
  return {
    commit: { hash, release: releaseIn(decorations), subject, author, at: fromUnix(seconds) },
    parents: parents.split(' ').filter(Boolean),
    files,
    tree,
    returnsTo: RETURNS.exec(body)?.[1],
    reverts: REVERTS.exec(body)?.[1],
  };
}

/** What each commit put back: what it says, or an earlier one that it has the very content of; judged by the content. */
async function withBacks(git: RunGit, logged: readonly Logged[]): Promise<readonly HistoryCommit[]> {
  const byHash = new Map(logged.map((commit) => [commit.commit.hash, commit]));
  const older = new Map<string, string>();
  const found: HistoryCommit[] = [];
  for (const one of logged.toReversed()) {
    const { hash } = one.commit;
    const [parent] = one.parents;
    const alike =
      one.parents.length === 1 && byHash.get(parent ?? '')?.tree !== one.tree && older.get(one.tree);
    const to = byHash.get(one.returnsTo ?? '') ?? byHash.get(alike || '');
    const but = to && to !== one ? await differing(git, to.tree, one.tree) : [];
    found.push({ ...one, back: to && to !== one ? { to: to.commit.hash, but: new Set(but) } : undefined });
    older.set(one.tree, hash);
  }
  return found.reverse();
}

const differing = async (git: RunGit, from: string, to: string): Promise<readonly string[]> =>
  from === to ? [] : changedFiles(git, { from, to, paths: [] });

const hashesOf = (logged: readonly Logged[]): ReadonlySet<string> =>
  new Set(logged.map(({ commit }) => commit.hash));

async function countUnread({ git, target, head }: Reading): Promise<number> {
  return Math.max(0, Number(await git(['rev-list', '--count', `${target}..${head}`])) - READ);
}

/** Undefined where one is not in the repository any more, or they have nothing in common. */
async function commonAncestor(git: RunGit, commits: readonly string[]): Promise<string | undefined> {
  try {
    return (await git(['merge-base', '--octopus', ...commits])).trim();
  } catch (error) {
    if (error instanceof GitFailed && !saysDamaged(error)) return undefined;
    throw error;
  }
}
