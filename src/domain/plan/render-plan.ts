import type { BlastRadius } from '../git/blast-radius.ts';
import type { Commit } from '../git/git-facts.ts';
import { type PlacedStep, placedSteps } from '../playbook/placed-steps.ts';
import type { LoadedPlaybook } from '../playbook/playbook.ts';
import type { Severity } from '../severity.ts';
import type { OwnVariable } from '../steps/reserved-variables.ts';
import { fillUrl } from '../steps/url-placeholders.ts';
import type { Environment, Service, Team } from '../team/team.ts';
import type { Plan, PlanStep } from './plan.ts';

export type RenderRequest = {
  readonly team: Team;
  /** Names in walkback.yml; both must exist. */
  readonly service: string;
  readonly environment: string;
  readonly loaded: LoadedPlaybook;
  /** As checkParameters returned them. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly severity: Severity;
  readonly target: Commit;
  readonly deployed: Commit;
  readonly blastRadius: BlastRadius;
};

const RUN_TIMEOUT_MS = 10 * 60_000;

/** Playbook + parameters + target, rendered to exact steps. Pure: the same request gives the same plan. */
export function renderPlan(request: RenderRequest): Plan {
  const { playbook, fileDigest } = request.loaded;
  const { approval, rollback } = request.team.severities[request.severity];
  const { roles, count, requesterMayApprove, raiseTo } = approval;
  const nextDeployment = rollback.decision === 'next-deployment';
  return {
    service: request.service,
    environment: request.environment,
    severity: request.severity,
    playbook: { name: playbook.name, title: playbook.title, fileDigest },
    parameters: { ...request.parameters },
    target: request.target,
    deployed: request.deployed,
    steps: placedSteps(playbook).map((placed) => renderStep(placed, request)),
    estimateMs: playbook.estimate,
    approval: { roles, count, requesterMayApprove, raiseTo, nextDeployment },
    blastRadius: request.blastRadius,
  };
}

function renderStep({ step, phase }: PlacedStep, request: RenderRequest): PlanStep {
  const service = serviceOf(request);
  const environment = environmentOf(request);
  // Only a command can do harm when it runs twice: git finds its own push, the others change nothing.
  const common = {
    id: step.id,
    title: step.title,
    phase,
    repeatable: 'run' in step ? step.repeatable : true,
  };
  if ('git' in step) {
    return {
      ...common,
      kind: 'git',
      method: step.git.method,
      paths: step.git.paths ?? [],
      branch: service.branch,
      repository: service.repository,
      expectedHead: request.deployed.hash,
      target: request.target.hash,
    };
  }
  if ('run' in step) {
    return {
      ...common,
      kind: 'run',
      command: step.run,
      directory: directoryOf(environment, step.directory),
      environment: { ...environment.variables, ...parameterVariables(request), ...ownVariables(request) },
      timeoutMs: step.timeout ?? RUN_TIMEOUT_MS,
      retries: step.retries,
    };
  }
  if ('http' in step) {
    const { url, status, body, within, attempts, every, consecutive } = step.http;
    const variables = { ...environment.variables, ...ownVariables(request) };
    return {
      ...common,
      kind: 'http',
      url: fillUrl(url, { variables, parameters: request.parameters }),
      status,
      body: body ?? null,
      withinMs: within,
      attempts,
      everyMs: every,
      consecutive,
    };
  }
  if ('manual' in step) return { ...common, kind: 'manual', ...step.manual };
  return { ...common, kind: 'wait', durationMs: step.wait };
}

function serviceOf({ team, service }: RenderRequest): Service {
  const found = team.services[service];
  if (found === undefined) throw new Error(`no service ${service} in walkback.yml`);
  return found;
}

function environmentOf(request: RenderRequest): Environment {
  const found = serviceOf(request).environments[request.environment];
  if (found === undefined) throw new Error(`no environment ${request.environment} of ${request.service}`);
  return found;
}

function directoryOf(environment: Environment, below: string | undefined): string | null {
  if (environment.directory === undefined) return null;
  const base = environment.directory.replace(/(?<=.)\/+$/, '');
  const parts = (below ?? '').split('/').filter((part) => part !== '' && part !== '.');
  return parts.length === 0 ? base : `${base === '/' ? '' : base}/${parts.join('/')}`;
}

const parameterVariables = ({ parameters }: RenderRequest): Record<string, string> =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [`PARAM_${name.toUpperCase()}`, value]),
  );

const ownVariables = (request: RenderRequest): Record<OwnVariable, string> => ({
  WALKBACK_SERVICE: request.service,
  WALKBACK_ENVIRONMENT: request.environment,
  WALKBACK_BRANCH: serviceOf(request).branch,
  WALKBACK_TARGET: request.target.hash,
  WALKBACK_DEPLOYED: request.deployed.hash,
  WALKBACK_TARGET_RELEASE: request.target.release ?? '',
});
