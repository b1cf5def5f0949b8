import type { Commit, GitMethod, RangeFacts } from '../../domain/git/git-facts.ts';
import type { GitTrouble } from '../../domain/git/git-trouble.ts';
import type { Release } from '../../domain/git/release.ts';

/** A service's repository as git needs it. */
export type RepositoryRef = {
  readonly repository: string;
  readonly branch: string;
  /** Glob of tags that count as releases, such as "v*". */
  readonly releases: string;
  /** Globs of database migrations; undefined: those of the well-known tools. */
  readonly migrations: readonly string[] | undefined;
};

/** Thrown when git can't do it. The message is git's, a hook's or the server's last words on one short line, redacted. */
export class GitTroubled extends Error {
  override readonly name = 'GitTroubled';
  readonly trouble: GitTrouble;
  /** Its address, redacted. */
  readonly repository: string;
  /** Everything that was said, in lines, redacted. */
  readonly whole: string;
  constructor(found: {
    readonly trouble: GitTrouble;
    readonly repository: string;
    readonly detail: string;
    readonly whole: string;
  }) {
    super(found.detail);
    this.trouble = found.trouble;
    this.repository = found.repository;
    this.whole = found.whole;
  }
}

export type ResolvedTarget =
  | { readonly kind: 'commit'; readonly commit: Commit }
  /** Starts with "-", holds control characters, spaces or revision operators. */
  | { readonly kind: 'malformed' }
  | { readonly kind: 'not-a-commit' }
  | { readonly kind: 'not-on-branch' }
  /**
   * It came into the branch inside the commit `merge` and is no release, so the branch itself was never at it;
   * `before` is what the branch was at until then. Full hashes.
   */
  | { readonly kind: 'inside-merge'; readonly merge: string; readonly before: string };

/** Full hashes. */
export type CommitRange = { readonly target: string; readonly head: string };

export type RollbackRequest = {
  readonly ref: RepositoryRef;
  readonly method: GitMethod;
  /** For the method `paths`. */
  readonly paths: readonly string[];
  readonly target: string;
  readonly expectedHead: string;
  readonly message: string;
  /** Dates the commit (ISO), so that doing it again makes the very same commit. */
  readonly at: string;
  /** Names the backup branch of `reset`: the run's id. */
  readonly run: string;
};

export type RollbackResult =
  | { readonly kind: 'pushed'; readonly commit: string; readonly detail: string }
  /** The branch no longer points at `expectedHead` and not at our own result either: nothing was pushed. */
  | { readonly kind: 'branch-moved'; readonly head: string }
  /** A revert met conflicts: nothing was pushed. */
  | { readonly kind: 'conflict'; readonly files: readonly string[] }
  /** The target's content is what is there already. */
  | { readonly kind: 'nothing-to-do' };

/** Git, in a bare mirror that the worker owns. Every method may throw GitTroubled. */
export type Git = {
  /** Brings the mirror up to date and returns the branch's head as a commit. */
  readonly fetchHead: (ref: RepositoryRef, signal?: AbortSignal) => Promise<Commit>;
  /** The remote head's hash alone, by one cheap question. */
  readonly remoteHead: (ref: RepositoryRef, signal?: AbortSignal) => Promise<string>;
  /** Commits tagged as releases and reachable from the branch, newest release first. No fetch but the first. */
  readonly listReleases: (ref: RepositoryRef) => Promise<readonly Release[]>;
  /** Those releases that have a commit's content on these paths; none: everywhere. No fetch but the first. */
  readonly sameContent: (
    ref: RepositoryRef,
    question: {
      readonly commit: string;
      readonly releases: readonly Release[];
      readonly paths: readonly string[];
    },
  ) => Promise<readonly Release[]>;
  /** For each range, those commits that lie after its target and up to its head. No fetch but the first. */
  readonly commitsWithin: (
    ref: RepositoryRef,
    question: { readonly among: readonly string[]; readonly ranges: readonly CommitRange[] },
  ) => Promise<readonly (readonly string[])[]>;
  /**
   * A typed target (tag, commit, abbreviated commit) to exactly one commit that the branch was at, or a release that
   * was merged into it. It is called by the tag that was typed, or by the tag `called` where it has that; else by its
   * highest final release. No fetch but the first.
   */
  readonly resolveTarget: (
    ref: RepositoryRef,
    target: string,
    called?: string | undefined,
  ) => Promise<ResolvedTarget>;
  /** What going from `head` back to `target` undoes on these paths; none: everywhere. No fetch but the first. */
  readonly describeRange: (
    ref: RepositoryRef,
    range: CommitRange & { readonly paths: readonly string[] },
  ) => Promise<RangeFacts>;
  /** Asks the remote whether it lets us push at all; nothing is pushed. Throws with its refusal. No fetch but the first. */
  readonly tryPush: (ref: RepositoryRef, signal?: AbortSignal) => Promise<void>;
  /** Makes the rollback and pushes it. Safe to repeat: a second time finds its own result and pushes nothing. */
  readonly rollBack: (request: RollbackRequest, signal: AbortSignal) => Promise<RollbackResult>;
};
