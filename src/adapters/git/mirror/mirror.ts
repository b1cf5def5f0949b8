import { createHash, randomUUID } from 'node:crypto';
import { access, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RepositoryRef } from '../../../engine/ports/git.ts';
import { createRunGit, type GitLog, type RunGit } from '../run-git.ts';
import { removeAbandonedLocks } from './abandoned-locks.ts';
import { fetchInto } from './fetch-into.ts';
import { findDamage, mayBeTheMirrors } from './find-damage.ts';
import { indexForPush } from './index-for-push.ts';
import { withLockFile } from './lock-file.ts';
import { makeAnew, sweepAside } from './make-anew.ts';

/** A bare mirror of one repository, shared by every process that uses the same folder. */
export type Mirror = {
  readonly directory: string;
  /** Runs git in the mirror. */
  readonly git: RunGit;
  /** Brings branch and tags up to date with the remote; makes the mirror where there is none. */
  readonly fetch: (signal?: AbortSignal) => Promise<void>;
  /** Fetches only where this branch was never fetched. */
  readonly ready: (signal?: AbortSignal) => Promise<void>;
  /**
   * Does work that may be done twice. Where it fails and the mirror turns out to be damaged, the mirror is made anew
   * and the work done once more.
   */
  readonly mending: <Result>(work: () => Promise<Result>, signal?: AbortSignal) => Promise<Result>;
};

export type OpenMirror = (ref: RepositoryRef) => Mirror;

/** Opens mirrors below a folder; each is named after the repository's address, so credentials don't show. */
export function createMirrors(setup: {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly log: GitLog | undefined;
}): OpenMirror {
  const queues = new Map<string, Promise<unknown>>();
  /** By branch, which folder it was seen in: another process may have put a new one in its place. */
  const seen = new Map<string, string>();
  return (ref) => {
    const directory = join(setup.folder, `${shortHash(ref.repository)}.git`);
    const branch = `${directory} ${ref.branch}`;
    const runIn = (folder: string) => createRunGit({ ...setup, directory: folder });
    const git = runIn(directory);

    /** Does work that no other process or caller may do in this mirror at the same time. */
    async function exclusive<Result>(work: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
      await mkdir(setup.folder, { recursive: true });
      const lock = { path: `${directory}.lock`, token: randomUUID(), signal };
      const turn = (queues.get(directory) ?? Promise.resolve()).then(() => withLockFile(lock, work));
      queues.set(
        directory,
        turn.catch(() => undefined),
      );
      return turn;
    }

    async function bring(folder: string, signal: AbortSignal | undefined): Promise<void> {
      const into = { directory: folder, git: runIn(folder), ref, signal };
      if (!(await exists(join(folder, 'HEAD')))) await initialise(into.git, signal);
      await fetchInto(into);
      await indexForPush(into);
    }

    async function fetch(signal?: AbortSignal): Promise<void> {
      await exclusive(async () => {
        await mkdir(directory, { recursive: true });
        if (!seen.has(branch)) await Promise.all([removeAbandonedLocks(directory), sweepAside(directory)]);
        await bring(directory, signal);
        seen.set(branch, await identityOf(directory));
      }, signal);
    }

    async function ready(signal?: AbortSignal): Promise<void> {
      const identity = await identityOf(directory);
      if (seen.get(branch) === identity) return;
      if (await knowsBranch({ directory, git, ref })) seen.set(branch, identity);
      else await fetch(signal);
    }

    /** Whether it is worth another try: the mirror is another one now, or lacked the branch. */
    async function mend(before: string, error: unknown, signal?: AbortSignal): Promise<boolean> {
      return exclusive(async () => {
        const now = await identityOf(directory);
        if (before !== NONE && now !== before) return true;
        const damage = await findDamage({ directory, git, error, signal });
        if (damage === undefined) return lostBranch();
        setup.log?.warn({ mirror: directory, branch: ref.branch, damage }, 'a damaged mirror is made anew');
        await makeAnew(directory, (fresh) => bring(fresh, signal));
        seen.set(branch, await identityOf(directory));
        setup.log?.warn({ mirror: directory, branch: ref.branch }, 'the mirror is whole again');
        return true;
      }, signal);
    }

    async function lostBranch(): Promise<boolean> {
      if (!seen.has(branch) || (await knowsBranch({ directory, git, ref }))) return false;
      return seen.delete(branch);
    }

    async function mending<Result>(work: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
      const before = await identityOf(directory);
      try {
        return await work();
      } catch (error) {
        if (!mayBeTheMirrors(error) || !(await mend(before, error, signal))) throw error;
        return work();
      }
    }

    return { directory, git, fetch, ready, mending };
  };
}

/** HEAD names a branch that never exists, so that a typed "HEAD" is not taken for some commit. */
const initialise = (git: RunGit, signal: AbortSignal | undefined): Promise<string> =>
  git(['init', '--bare', '--initial-branch=walkback-mirror', '.'], { signal });

async function knowsBranch({
  directory,
  git,
  ref,
}: {
  readonly directory: string;
  readonly git: RunGit;
  readonly ref: RepositoryRef;
}): Promise<boolean> {
  if (!(await exists(join(directory, 'HEAD')))) return false;
  const found = await git(['for-each-ref', '--format=%(refname)', `refs/heads/${ref.branch}`]);
  return found.split('\n').includes(`refs/heads/${ref.branch}`);
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const NONE = '';

/** Tells a folder from another that is put in its place. */
const identityOf = (directory: string): Promise<string> =>
  stat(directory).then(
    ({ dev, ino, birthtimeMs }) => `${dev} ${ino} ${birthtimeMs}`,
    () => NONE,
  );

const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);
