import type { Commit } from '../../../domain/git/git-facts.ts';
import { nameRelease } from '../../../domain/git/release.ts';
import type { RunGit } from '../run-git.ts';

const FIELDS = ['%H', '%ct', '%an', '%D', '%s'];

type Log = {
  readonly git: RunGit;
  /** Glob of tags that count as releases. */
  readonly releases: string;
  /** Full hashes, ranges of them, or full names of refs. */
  readonly revisions: readonly string[];
  readonly limit: number;
  readonly signal?: AbortSignal | undefined;
};

/** Commits as `git log` lists them, newest first, each with the release tag it carries. */
export async function logCommits({
  git,
  releases,
  revisions,
  limit,
  signal,
}: Log): Promise<readonly Commit[]> {
  const output = await git(
    [
      'log',
      `--max-count=${limit}`,
      '--date-order',
      '--no-notes',
      '--decorate=full',
      `--decorate-refs=refs/tags/${releases}`,
      `--format=${FIELDS.join('%x00')}`,
      '--end-of-options',
      ...revisions,
      '--',
    ],
    { signal },
  );
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map(parseLine);
}

function parseLine(line: string): Commit {
  const [hash = '', seconds, author = '', decorations = '', ...subject] = line.split('\0');
  return { hash, release: releaseIn(decorations), subject: subject.join(' '), author, at: fromUnix(seconds) };
}

/** An ISO time in UTC of git's seconds since the epoch. */
export const fromUnix = (seconds: string | undefined): string =>
  new Date(Number(seconds) * 1_000).toISOString();

const TAG = 'tag: refs/tags/';

/** What a commit with these decorations is called, as nameRelease has it. */
export function releaseIn(decorations: string): string | null {
  const tags = decorations
    .split(', ')
    .filter((decoration) => decoration.startsWith(TAG))
    .map((decoration) => decoration.slice(TAG.length));
  return nameRelease(tags) ?? null;
}
