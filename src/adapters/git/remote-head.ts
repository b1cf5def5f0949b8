import type { RepositoryRef } from '../../engine/ports/git.ts';
import { GitFailed, type RunGit } from './run-git.ts';

type Question = {
  readonly git: RunGit;
  readonly folder: string;
  readonly ref: RepositoryRef;
  readonly signal?: AbortSignal | undefined;
};

/** The hash that the remote's branch points at now. One process; throws GitFailed, also without the branch. */
export async function askRemoteHead(question: Question): Promise<string> {
  const branch = `refs/heads/${question.ref.branch}`;
  const hash = (await askRemoteRefs(question, [branch])).get(branch);
  if (hash !== undefined) return hash;
  const message = `it has no branch ${question.ref.branch}`;
  throw new GitFailed({ exitCode: 0, output: '', message });
}

/** Hashes of the remote's refs of exactly these names; a name that it lacks is not in the map. */
export async function askRemoteRefs(
  { git, folder, ref, signal }: Question,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const answer = await git(['ls-remote', '--', ref.repository, ...names], { directory: folder, signal });
  const found = answer.split('\n').flatMap((line): [string, string][] => {
    const [hash, name] = line.split('\t');
    // A pattern of ls-remote also matches the end of longer names.
    return hash && name && names.includes(name) ? [[name, hash]] : [];
  });
  return new Map(found);
}
