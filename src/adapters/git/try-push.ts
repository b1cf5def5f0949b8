import type { RepositoryRef } from '../../engine/ports/git.ts';
import { GitFailed, type RunGit } from './run-git.ts';

/** Offers the remote's branch what it holds already, as a trial: a key or token that may only read is refused here. */
export async function tryPush({
  git,
  ref,
  signal,
}: {
  readonly git: RunGit;
  readonly ref: RepositoryRef;
  readonly signal?: AbortSignal | undefined;
}): Promise<void> {
  const branch = `refs/heads/${ref.branch}`;
  const options = ['--dry-run', '--porcelain', '--no-verify', '--no-follow-tags', '--no-signed'];
  try {
    await git(['push', ...options, '--', ref.repository, `${branch}:${branch}`], { signal });
  } catch (error) {
    if (!(error instanceof GitFailed && MOVED_ON.test(error.output))) throw error;
  }
}

/** Our own git's refusal, since somebody has pushed meanwhile: by then the remote had let us in. */
const MOVED_ON = /^!\t.*\[rejected\] \((fetch first|non-fast-forward)\)/m;
