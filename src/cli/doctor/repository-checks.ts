import type { Service, Team } from '../../domain/team.ts';
import type { Git, RepositoryRef } from '../../engine/ports/git.ts';
import { RepositoryUnreachable } from '../../engine/ports/git.ts';
import type { HealthCheck, HealthFinding } from '../../engine/ports/health.ts';
import { createRedactor } from '../../engine/redact.ts';

/** Less than a check's own time, so that a slow first fetch doesn't hide what was found before. */
const FETCH_WITHIN_MS = 7_000;

/** One check a service: can its repository be reached, has it the branch, releases to go back to, and may it be pushed to? */
export function createRepositoryChecks({
  team,
  git,
  fetchWithinMs = FETCH_WITHIN_MS,
}: {
  readonly team: Pick<Team, 'services'>;
  readonly git: Pick<Git, 'remoteHead' | 'fetchHead' | 'listReleases' | 'tryPush'>;
  /** How long, in milliseconds, fetching a mirror may take before what needs it is left alone. */
  readonly fetchWithinMs?: number;
}): readonly HealthCheck[] {
  return Object.entries(team.services).map(([name, service]) => ({
    title: `Repository of ${name}`,
    run: async (signal) => {
      const ref = toRef(service);
      const reached = await reach(git, ref, signal);
      if (reached.level === 'problem') return [reached];
      const soon = AbortSignal.any([signal, AbortSignal.timeout(fetchWithinMs)]);
      if (!(await fetched(git, ref, soon))) return [reached, SLOW];
      return [reached, await findReleases(git, ref), await findPushing(git, ref, signal)];
    },
  }));
}

const SLOW: HealthFinding = {
  level: 'warning',
  what: 'fetching it takes long, so neither its releases nor pushing were looked at',
  todo: 'the first fetch of a large repository is slow and is done once: a worker does it with its first plan',
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
    if (!(error instanceof RepositoryUnreachable)) throw error;
    return {
      level: 'problem',
      what: `${shown(ref)}: ${error.message}`,
      todo: "check repository and branch in walkback.yml, and this machine's key or token for it",
    };
  }
}

async function fetched(git: Pick<Git, 'fetchHead'>, ref: RepositoryRef, soon: AbortSignal): Promise<boolean> {
  try {
    await git.fetchHead(ref, soon);
    return true;
  } catch (error) {
    if (!soon.aborted) throw error;
    return false;
  }
}

async function findPushing(
  git: Pick<Git, 'tryPush'>,
  ref: RepositoryRef,
  signal: AbortSignal,
): Promise<HealthFinding> {
  try {
    await git.tryPush(ref, signal);
    return { level: 'ok', what: 'it may be pushed to; rules for single branches show at the first rollback' };
  } catch (error) {
    if (!(error instanceof RepositoryUnreachable)) throw error;
    return {
      level: 'problem',
      what: `it may not be pushed to: ${error.message}`,
      todo: "give this machine's key or token the right to push; a rollback is a commit on the branch",
    };
  }
}

async function findReleases(git: Pick<Git, 'listReleases'>, ref: RepositoryRef): Promise<HealthFinding> {
  const releases = await git.listReleases(ref, LISTED);
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
    what: `releases: ${releases.map(({ release }) => release).join(', ')}${releases.length === LISTED ? ', ...' : ''}`,
  };
}

const LISTED = 3;
const redact = createRedactor({ secrets: [] });
const shown = ({ repository }: RepositoryRef): string => redact(repository);
