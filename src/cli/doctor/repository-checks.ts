import type { Service, Team } from '../../domain/team/team.ts';
import type { Git, RepositoryRef } from '../../engine/ports/git.ts';
import { GitTroubled } from '../../engine/ports/git.ts';
import type { HealthCheck, HealthFinding } from '../../engine/ports/health.ts';
import { createRedactor } from '../../engine/redact.ts';

/** Less than a check's own time, so that a slow remote doesn't hide what was found before. */
const WITHIN_MS = 8_000;

/**
 * One check a service: can its repository be reached, has it the branch, releases to go back to, and, where a worker
 * runs, may it be pushed to from here?
 */
export function createRepositoryChecks({
  team,
  git,
  pushes,
  withinMs = WITHIN_MS,
}: {
  readonly team: Pick<Team, 'services'>;
  readonly git: Pick<Git, 'remoteHead' | 'fetchHead' | 'listReleases' | 'tryPush'>;
  readonly pushes: boolean;
  /** Milliseconds after which whatever the remote has not answered yet is left alone. */
  readonly withinMs?: number;
}): readonly HealthCheck[] {
  return Object.entries(team.services).map(([name, service]) => ({
    title: `Repository of ${name}`,
    run: async (signal) => {
      const ref = toRef(service);
      const soon = AbortSignal.any([signal, AbortSignal.timeout(withinMs)]);
      const reached = await reach(git, ref, signal);
      if (reached.level === 'problem') return [reached];
      if (!(await inTime(() => git.fetchHead(ref, soon), soon))) return [reached, SLOW];
      const releases = await findReleases(git, ref);
      return [reached, releases, ...(pushes ? [await findPushing(git, ref, soon)] : [])];
    },
  }));
}

const SLOW: HealthFinding = {
  level: 'warning',
  what: 'fetching it takes long, so the rest was not looked at',
  todo: 'the first fetch of a large repository is slow and is done once: a worker does it with its first plan',
};

const SLOW_PUSH: HealthFinding = {
  level: 'warning',
  what: 'a trial push was not answered in time',
  todo: 'try again; if it stays so, see whether the network lets pushes through',
};

const toRef = ({ repository, branch, releases, migrations }: Service): RepositoryRef => ({
  repository,
  branch,
  releases,
  migrations,
});

async function reach(
  git: Pick<Git, 'remoteHead'>,
  ref: RepositoryRef,
  signal: AbortSignal,
): Promise<HealthFinding> {
  try {
    const head = await git.remoteHead(ref, signal);
    return {
      level: 'ok',
      what: `${shown(ref)} answers, its branch ${ref.branch} is at ${head.slice(0, 7)}`,
    };
  } catch (error) {
    if (!(error instanceof GitTroubled)) throw error;
    return {
      level: 'problem',
      what: `${shown(ref)}: ${error.message}`,
      todo: "check repository and branch in walkback.yml, and this machine's key or token for it",
    };
  }
}

/** Whether the work was over before the signal. */
async function inTime(work: () => Promise<unknown>, soon: AbortSignal): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (!soon.aborted) throw error;
    return false;
  }
}

async function findPushing(
  git: Pick<Git, 'tryPush'>,
  ref: RepositoryRef,
  soon: AbortSignal,
): Promise<HealthFinding> {
  try {
    if (!(await inTime(() => git.tryPush(ref, soon), soon))) return SLOW_PUSH;
    return {
      level: 'ok',
      what: 'it takes pushes from here; its hooks and rules for branches show at the first rollback',
    };
  } catch (error) {
    if (!(error instanceof GitTroubled)) throw error;
    return {
      level: 'problem',
      what: `a trial push failed: ${error.message}`,
      todo: "see whether this machine's key or token may push (a rollback is a commit on the branch), and whether the network lets it",
    };
  }
}

async function findReleases(git: Pick<Git, 'listReleases'>, ref: RepositoryRef): Promise<HealthFinding> {
  const releases = (await git.listReleases(ref)).map(({ commit }) => commit);
  const [newest] = releases;
  if (newest === undefined) {
    return {
      level: 'warning',
      what: `no tag that matches ${ref.releases} is on the branch ${ref.branch}: no release to go back to`,
      todo: 'tag releases, or set releases in walkback.yml to what they are tagged as; commits can be chosen all the same',
    };
  }
  if (releases.length === 1) {
    return {
      level: 'warning',
      what: `${newest.release} is the only release: there is no previous one to go back to`,
    };
  }
  return {
    level: 'ok',
    what: `releases: ${releases
      .slice(0, LISTED)
      .map(({ release }) => release)
      .join(', ')}${releases.length > LISTED ? ', ...' : ''}`,
  };
}

const LISTED = 3;
const redact = createRedactor({ secrets: [] });
const shown = ({ repository }: RepositoryRef): string => redact(repository);
