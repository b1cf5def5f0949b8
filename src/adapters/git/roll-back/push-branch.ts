import type { RollbackResult } from '../../../engine/ports/git.ts';
import { askRemoteHead } from '../remote-head.ts';
import { GitFailed } from '../run-git.ts';
import type { Rollback } from './rollback.ts';

/**
 * Points the remote's branch at a commit if it still points at the expected head. Git leaves a branch that is there
 * already alone. Whatever the reason of a failure, what the remote's branch holds decides what it means.
 */
export async function pushBranch(
  rollback: Rollback,
  { commit, detail }: { readonly commit: string; readonly detail: string },
): Promise<RollbackResult> {
  const { request } = rollback;
  const branch = `refs/heads/${request.ref.branch}`;
  try {
    await push(rollback, `${commit}:${branch}`, `--force-with-lease=${branch}:${request.expectedHead}`);
    return { kind: 'pushed', commit, detail };
  } catch (error) {
    if (!(error instanceof GitFailed)) throw error;
    const head = await askRemoteHead({ ...rollback, git: rollback.mirror.git, ref: request.ref });
    if (head === commit) return { kind: 'pushed', commit, detail };
    if (head === request.expectedHead) throw error;
    if (!(await hasArrived(rollback, commit))) return { kind: 'branch-moved', head };
    return { kind: 'pushed', commit, detail: `${detail}; the branch has moved on since` };
  }
}

/** Whether the branch holds it under what somebody has pushed since: the answer to an earlier push may have been lost. */
async function hasArrived({ mirror, request, signal }: Rollback, commit: string): Promise<boolean> {
  // What a reset points the branch at is in it from the beginning.
  if (request.method === 'reset') return false;
  await mirror.fetch(signal);
  const branch = `refs/heads/${request.ref.branch}`;
  const missing = await mirror.git(['rev-list', '--count', '--max-count=1', commit, `^${branch}`], {
    signal,
  });
  return missing.trim() === '0';
}

/** How long a push may go on when the run is cancelled: one that is cut may arrive all the same, and nobody would know. */
const PATIENCE_MS = 30_000;

/** One push of one ref. It reports what it did (`--porcelain`), which also spares simple-git's wait for silence. */
export function push(
  { mirror, request, signal }: Rollback,
  refspec: string,
  ...options: readonly string[]
): Promise<string> {
  signal.throwIfAborted();
  return mirror.git(
    [
      'push',
      '--porcelain',
      '--no-verify',
      '--no-follow-tags',
      '--no-signed',
      ...options,
      '--',
      request.ref.repository,
      refspec,
    ],
    { signal: later(signal, PATIENCE_MS) },
  );
}

/** A signal that fires `ms` after another has. */
function later(signal: AbortSignal, ms: number): AbortSignal {
  const late = new AbortController();
  const begin = () => setTimeout(() => late.abort(signal.reason), ms).unref();
  signal.addEventListener('abort', begin, { once: true });
  return late.signal;
}
