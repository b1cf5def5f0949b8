import { z } from 'zod';

/** A full commit hash: 40 hexadecimal digits. */
export const CommitHash = z.string().regex(/^[0-9a-f]{40}$/, 'expected a full commit hash of 40 hex digits');
export type CommitHash = z.infer<typeof CommitHash>;

/** One commit as people recognise it; `release` is the tag it carries, if any. */
export const Commit = z.strictObject({
  hash: CommitHash,
  release: z.string().nullable(),
  subject: z.string(),
  author: z.string(),
  at: z.iso.datetime({ offset: true }),
});
export type Commit = z.infer<typeof Commit>;

/** "v1.4.0", or the first seven digits of a commit that is no release. */
export const shortName = ({ hash, release }: Pick<Commit, 'hash' | 'release'>): string =>
  release ?? hash.slice(0, 7);

/** How git takes a branch back; see ARCHITECTURE.md. `tree` is the default. */
export const GitMethod = z.enum(['tree', 'paths', 'revert', 'reset']);
export type GitMethod = z.infer<typeof GitMethod>;

export type MigrationsKnown =
  /** The repository has some, or the service says that it has none. */
  | 'known'
  /** The service says nothing of them, and the repository has none of any tool's. */
  | 'none-configured'
  /** What the service says they look like, no file in the repository does. */
  | 'none-match';

/** What git says about going from the branch's head back to the target, on the paths that are taken back. */
export type RangeFacts = {
  /** Whose work is in the head and would not be any more, newest first: see netCommits. */
  readonly commits: readonly Commit[];
  /** With those in `unread`. */
  readonly commitCount: number;
  /** Commits that lie too far back to be looked at one by one. */
  readonly unread: number;
  /** Commits that would come back: they are in the target, and were taken out since. */
  readonly returning: number;
  /** Files that would change, at most `LISTED_FILES`, and how many there are in all. */
  readonly files: readonly string[];
  readonly fileCount: number;
  /** Of all changed files, those that are database migrations. */
  readonly migrations: readonly string[];
  /** Whether it is known what a migration looks like. */
  readonly migrationsKnown: MigrationsKnown;
};

export const LISTED_COMMITS = 50;
export const LISTED_FILES = 100;
