import { createHash, randomUUID } from 'node:crypto';
import { access, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RepositoryRef } from '../../../engine/ports/git.ts';
import { createRunGit, type GitLog, type RunGit } from '../run-git.ts';
import { fetchInto } from './fetch-into.ts';
import { indexForPush } from './index-for-push.ts';
import { withLockFile } from './lock-file.ts';

/** A bare mirror of one repository, shared by every process that uses the same folder. */
export type Mirror = {
  readonly directory: string;
  /** Runs git in the mirror. */
  readonly git: RunGit;
  /** Brings branch and tags up to date with the remote; makes the mirror where there is none. */
  readonly fetch: (signal?: AbortSignal) => Promise<void>;
  /** Fetches only where this branch was never fetched. */
  readonly ready: (signal?: AbortSignal) => Promise<void>;
  /** Does work that no other process or caller may do in this mirror at the same time. */
  readonly exclusive: <Result>(work: () => Promise<Result>, signal?: AbortSignal) => Promise<Result>;
};

export type OpenMirror = (ref: RepositoryRef) => Mirror;

/** Opens mirrors below a folder; each is named after the repository's address, so credentials don't show. */
export function createMirrors(setup: {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly log: GitLog | undefined;
}): OpenMirror {
  const queues = new Map<string, Promise<unknown>>();
  const fetched = new Set<string>();
  return (ref) => {
    const directory = join(setup.folder, `${shortHash(ref.repository)}.git`);
    const branch = `${directory} ${ref.branch}`;
    const git = createRunGit({ directory, environment: setup.environment, log: setup.log });

    async function exclusive<Result>(work: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
      const lock = { path: `${directory}.lock`, token: randomUUID(), signal };
      const turn = (queues.get(directory) ?? Promise.resolve()).then(() => withLockFile(lock, work));
      queues.set(
        directory,
        turn.catch(() => undefined),
      );
      return turn;
    }

    async function fetch(signal?: AbortSignal): Promise<void> {
      await mkdir(directory, { recursive: true });
      await exclusive(async () => {
        if (!(await exists(join(directory, 'HEAD')))) await initialise(git, signal);
        await fetchInto({ directory, git, ref, signal });
        await indexForPush({ directory, git, signal });
      }, signal);
      fetched.add(branch);
    }

    async function ready(signal?: AbortSignal): Promise<void> {
      if (fetched.has(branch)) return;
      if (!(await knowsBranch({ directory, git, ref }))) await fetch(signal);
      fetched.add(branch);
    }

    return { directory, git, fetch, ready, exclusive };
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

const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);
