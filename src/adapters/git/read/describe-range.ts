import { LISTED_FILES, type MigrationsKnown, type RangeFacts } from '../../../domain/git/git-facts.ts';
import { isMigrationBy } from '../../../domain/git/migration-files.ts';
import { netCommits } from '../../../domain/git/net-commits.ts';
import type { RepositoryRef } from '../../../engine/ports/git.ts';
import type { RunGit } from '../run-git.ts';
import { changedFiles } from './changed-files.ts';
import { readHistory } from './read-history.ts';

type Range = {
  readonly git: RunGit;
  readonly ref: RepositoryRef;
  readonly target: string;
  readonly head: string;
  readonly paths: readonly string[];
};

/** What differs between two commits (full hashes) on the paths, and whose commits make the difference. */
export async function describeRange(range: Range): Promise<RangeFacts> {
  const { git, ref, target, head, paths } = range;
  const files = await changedFiles(git, { from: target, to: head, paths });
  if (files.length === 0) return NOTHING;
  const isMigration = isMigrationBy(ref.migrations);
  const migrations = files.filter(isMigration);
  const [{ history, unread }, isKnown] = await Promise.all([
    readHistory(range),
    migrations.length > 0 ? ('known' as const) : lookForMigrations(range, isMigration),
  ]);
  const { undone, returning } = netCommits(history, { target, head, differing: files });
  return {
    commits: undone,
    commitCount: undone.length + unread,
    unread,
    returning,
    files: files.slice(0, LISTED_FILES),
    fileCount: files.length,
    migrations,
    migrationsKnown: isKnown,
  };
}

const NOTHING: RangeFacts = {
  ...{ commits: [], commitCount: 0, unread: 0, returning: 0 },
  ...{ files: [], fileCount: 0, migrations: [], migrationsKnown: 'known' },
};

/** Whether there is any in the repository, be it that none of them differs. */
async function lookForMigrations(
  { git, ref, head }: Range,
  isMigration: (path: string) => boolean,
): Promise<MigrationsKnown> {
  if (ref.migrations?.length === 0) return 'known';
  const output = await git(['ls-tree', '-r', '-z', '--name-only', '--full-tree', head]);
  if (output.split('\0').some(isMigration)) return 'known';
  return ref.migrations === undefined ? 'none-configured' : 'none-match';
}
