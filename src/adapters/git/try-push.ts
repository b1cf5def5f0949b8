import type { RepositoryRef } from '../../engine/ports/git.ts';
import type { RunGit } from './run-git.ts';
import { reachRemote } from './unreachable.ts';

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
  await reachRemote(ref, () =>
    git(['push', ...options, '--', ref.repository, `${branch}:${branch}`], { signal }),
  );
}
