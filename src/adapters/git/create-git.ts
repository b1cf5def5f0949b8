import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Commit } from '../../domain/git/git-facts.ts';
import type { Git, RepositoryRef } from '../../engine/ports/git.ts';
import { createMirrors, type Mirror } from './mirror/mirror.ts';
import { logCommits } from './read/commit-format.ts';
import { commitsWithin } from './read/commits-within.ts';
import { describeRange } from './read/describe-range.ts';
import { listReleases } from './read/list-releases.ts';
import { resolveTarget } from './read/resolve-target.ts';
import { sameContent } from './read/same-content.ts';
import { askRemoteHead } from './remote-head.ts';
import { rollBack } from './roll-back/roll-back.ts';
import { createRunGit, type GitLog, type RunGit } from './run-git.ts';
import { explainFailure } from './trouble/explain-failure.ts';
import { tryPush } from './try-push.ts';

/**
 * Git by the `git` program, in bare mirrors below the folder `mirrors`, which any number of processes may share.
 * `environment` is all that git gets of ours: PATH, HOME, the ssh agent, proxies.
 */
export function createGit({
  mirrors,
  environment,
  log,
}: {
  readonly mirrors: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly log?: GitLog;
}): Git {
  const folder = resolve(mirrors);
  const openMirror = createMirrors({ folder, environment, log });
  const git = createRunGit({ directory: folder, environment, log });

  /** Does work that is git's, whose failures are told as what they are. */
  async function told<Result>(ref: RepositoryRef, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      const trouble = explainFailure(ref, error);
      if (trouble === undefined) throw error;
      const { repository, whole } = trouble;
      log?.warn({ repository, trouble: trouble.trouble, whole }, 'git could not do it');
      throw trouble;
    }
  }

  /** The same in a mirror that has the branch. */
  const inMirror = <Result>(
    ref: RepositoryRef,
    work: (ready: { readonly git: RunGit; readonly ref: RepositoryRef }) => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<Result> =>
    told(ref, async () => {
      const mirror = openMirror(ref);
      return mirror.mending(async () => {
        await mirror.ready(signal);
        return work({ git: mirror.git, ref });
      }, signal);
    });

  return {
    fetchHead: (ref, signal) =>
      told(ref, async () => {
        const mirror = openMirror(ref);
        return mirror.mending(() => fetchHead(mirror, ref, signal), signal);
      }),
    remoteHead: (ref, signal) =>
      told(ref, async () => {
        await mkdir(folder, { recursive: true });
        return askRemoteHead({ git, folder, ref, signal });
      }),
    listReleases: (ref) => inMirror(ref, listReleases),
    sameContent: (ref, question) => inMirror(ref, (ready) => sameContent(ready.git, question)),
    commitsWithin: (ref, question) => inMirror(ref, (ready) => commitsWithin(ready.git, question)),
    resolveTarget: (ref, target, called) =>
      inMirror(ref, (ready) => resolveTarget(ready, { target, called })),
    describeRange: (ref, range) => inMirror(ref, (ready) => describeRange({ ...ready, ...range })),
    tryPush: (ref, signal) => inMirror(ref, (ready) => tryPush({ ...ready, signal }), signal),
    rollBack: (request, signal) =>
      told(request.ref, () => {
        const mirror = openMirror(request.ref);
        return mirror.mending(() => rollBack({ mirror, folder, request, signal }), signal);
      }),
  };
}

async function fetchHead(
  mirror: Mirror,
  ref: RepositoryRef,
  signal: AbortSignal | undefined,
): Promise<Commit> {
  await mirror.fetch(signal);
  const found = { git: mirror.git, releases: ref.releases, limit: 1, signal };
  const [head] = await logCommits({ ...found, revisions: [`refs/heads/${ref.branch}`] });
  if (head === undefined) throw new Error(`branch ${ref.branch} has no commit`);
  return head;
}
