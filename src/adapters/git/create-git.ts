import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Git, RepositoryRef } from '../../engine/ports/git.ts';
import { createMirrors } from './mirror/mirror.ts';
import { logCommits } from './read/commit-format.ts';
import { commitsWithin } from './read/commits-within.ts';
import { describeRange } from './read/describe-range.ts';
import { listReleases } from './read/list-releases.ts';
import { resolveTarget } from './read/resolve-target.ts';
import { sameContent } from './read/same-content.ts';
import { askRemoteHead } from './remote-head.ts';
import { rollBack } from './roll-back/roll-back.ts';
import { createRunGit, type GitLog } from './run-git.ts';
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

  async function openReady(ref: RepositoryRef, signal?: AbortSignal) {
    const mirror = openMirror(ref);
    await mirror.ready(signal);
    return { git: mirror.git, ref };
  }

  return {
    async fetchHead(ref, signal) {
      const mirror = openMirror(ref);
      await mirror.fetch(signal);
      const revisions = [`refs/heads/${ref.branch}`];
      const [head] = await logCommits({
        git: mirror.git,
        releases: ref.releases,
        revisions,
        limit: 1,
        signal,
      });
      if (head === undefined) throw new Error(`branch ${ref.branch} has no commit`);
      return head;
    },
    async remoteHead(ref, signal) {
      await mkdir(folder, { recursive: true });
      return askRemoteHead({ git, folder, ref, signal });
    },
    listReleases: async (ref) => listReleases(await openReady(ref)),
    sameContent: async (ref, question) => sameContent((await openReady(ref)).git, question),
    commitsWithin: async (ref, question) => commitsWithin((await openReady(ref)).git, question),
    resolveTarget: async (ref, target, called) => resolveTarget(await openReady(ref), { target, called }),
    describeRange: async (ref, range) => describeRange({ ...(await openReady(ref)), ...range }),
    tryPush: async (ref, signal) => tryPush({ ...(await openReady(ref, signal)), signal }),
    rollBack: (request, signal) => rollBack({ mirror: openMirror(request.ref), folder, request, signal }),
  };
}
