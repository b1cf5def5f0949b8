import { assessBlastRadius, type BlastRadius } from '../../domain/git/blast-radius.ts';
import type { Commit } from '../../domain/git/git-facts.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { digestPlan } from '../../domain/plan/plan-digest.ts';
import { renderPlan } from '../../domain/plan/render-plan.ts';
import { checkParameters } from '../../domain/playbook/check-parameters.ts';
import type { LoadedPlaybook } from '../../domain/playbook/playbook.ts';
import { type Refused, refuse } from '../../domain/refusal.ts';
import { Severity } from '../../domain/severity.ts';
import type { Service, Team } from '../../domain/team/team.ts';
import type { Catalog } from '../ports/catalog.ts';
import { type Git, GitTroubled } from '../ports/git.ts';
import { createRedactor } from '../redact.ts';
import { findReleases } from './previous-release.ts';
import { refuseTrouble } from './refuse-trouble.ts';
import { repositoryOf } from './repository-of.ts';

export type PlanRequest = {
  readonly service: string;
  /** Left out: the service's first environment, and its first playbook. */
  readonly environment?: string | undefined;
  readonly playbook?: string | undefined;
  readonly severity: string;
  /** Left out: the previous release. */
  readonly target?: string | undefined;
  readonly parameters: Readonly<Record<string, string>>;
};

export type Planned = { readonly kind: 'planned'; readonly plan: Plan; readonly digest: string };
type Planning = { readonly git: Git; readonly catalog: Catalog };

/** Works out exactly what would run: target resolved to a commit, blast radius read from git, steps rendered. */
export async function makePlan({ git, catalog }: Planning, request: PlanRequest): Promise<Planned | Refused> {
  const team = await catalog.team();
  const chosen = await choose(team, catalog, request);
  if (chosen.kind === 'refused') return chosen;
  const { service } = chosen;
  try {
    const ref = repositoryOf(service);
    const deployed = await git.fetchHead(ref);
    const target = await findTarget({
      git,
      service,
      serviceName: request.service,
      deployed,
      wanted: request.target,
    });
    if (target.kind === 'refused') return target;
    const range = await git.describeRange(ref, { target: target.commit.hash, head: deployed.hash });
    if (range.fileCount === 0)
      return refuse({ reason: 'target-already-deployed', target: request.target ?? 'previous' });
    return finishPlan({
      team,
      ...chosen,
      target: target.commit,
      deployed,
      blastRadius: assessBlastRadius(range),
    });
  } catch (error) {
    if (!(error instanceof GitTroubled)) throw error;
    return refuseTrouble(error);
  }
}

export type Chosen = {
  readonly kind: 'chosen';
  readonly service: Service;
  readonly serviceName: string;
  readonly environment: string;
  readonly loaded: LoadedPlaybook;
  readonly parameters: Readonly<Record<string, string>>;
  readonly severity: Severity;
};

/** Everything of a plan that comes from files rather than from git. */
export async function choose(team: Team, catalog: Catalog, request: PlanRequest): Promise<Chosen | Refused> {
  const service = Object.hasOwn(team.services, request.service) ? team.services[request.service] : undefined;
  if (!service)
    return refuse({ reason: 'unknown-service', service: request.service, known: Object.keys(team.services) });
  const environments = Object.keys(service.environments);
  const environment = request.environment ?? environments[0] ?? '';
  if (!environments.includes(environment))
    return refuse({ reason: 'unknown-environment', environment, known: environments });
  const severity = Severity.safeParse(request.severity);
  if (!severity.success)
    return refuse({ reason: 'unknown-severity', severity: request.severity, known: Severity.options });
  const playbook = request.playbook ?? service.playbooks[0] ?? '';
  const loaded = service.playbooks.includes(playbook) ? await catalog.playbook(playbook) : undefined;
  if (!loaded) return refuse({ reason: 'unknown-playbook', playbook, known: service.playbooks });
  const parameters = checkParameters(loaded.playbook, request.parameters);
  if (!parameters.ok) return refuse(parameters.refusal);
  return {
    kind: 'chosen',
    service,
    serviceName: request.service,
    environment,
    loaded,
    parameters: parameters.values,
    severity: severity.data,
  };
}

/** Renders and digests; a pure end to planning, used again when a plan is rechecked. */
export function finishPlan(
  input: Omit<Chosen, 'kind' | 'service'> & {
    readonly team: Team;
    readonly target: Commit;
    readonly deployed: Commit;
    readonly blastRadius: BlastRadius;
  },
): Planned {
  const plan = renderPlan({ ...input, service: input.serviceName });
  return { kind: 'planned', plan, digest: digestPlan(plan) };
}

const hideCredentials = createRedactor({ secrets: [] });

async function findTarget({
  git,
  service,
  serviceName,
  deployed,
  wanted,
}: {
  readonly git: Git;
  readonly service: Service;
  readonly serviceName: string;
  readonly deployed: Commit;
  readonly wanted: string | undefined;
}): Promise<{ readonly kind: 'found'; readonly commit: Commit } | Refused> {
  const ref = repositoryOf(service);
  if (wanted === undefined) {
    const { previous } = await findReleases(git, ref, deployed);
    return previous
      ? { kind: 'found', commit: previous }
      : refuse({ reason: 'no-previous-release', service: serviceName });
  }
  const resolved = await git.resolveTarget(ref, wanted);
  switch (resolved.kind) {
    case 'malformed':
      return refuse({ reason: 'target-malformed', target: wanted });
    case 'not-a-commit':
      return refuse({
        reason: 'target-not-a-commit',
        target: wanted,
        repository: hideCredentials(service.repository),
      });
    case 'not-on-branch':
      return refuse({ reason: 'target-not-on-branch', target: wanted, branch: service.branch });
    case 'commit':
      if (resolved.commit.hash === deployed.hash)
        return refuse({ reason: 'target-already-deployed', target: wanted });
      return { kind: 'found', commit: resolved.commit };
  }
}
