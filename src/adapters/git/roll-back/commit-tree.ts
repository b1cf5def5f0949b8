import type { RollbackRequest } from '../../../engine/ports/git.ts';
import type { RunGit } from '../run-git.ts';

/** Commits a tree on top of the expected head and returns its hash. Nothing in it depends on when or where it is made. */
export async function commitTree({
  git,
  request,
  tree,
  signal,
}: {
  readonly git: RunGit;
  readonly request: RollbackRequest;
  readonly tree: string;
  readonly signal: AbortSignal;
}): Promise<string> {
  const date = `${Math.floor(Date.parse(request.at) / 1_000)} +0000`;
  const output = await git(['commit-tree', tree, '-p', request.expectedHead, '-F', '-'], {
    signal,
    // By standard input: as an argument, text that looks like an option would be taken for one.
    input: `${request.message.replaceAll('\0', '').trimEnd()}\n`,
    environment: { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
  });
  return output.trim();
}
