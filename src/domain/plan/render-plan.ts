import type { BlastRadius } from '../git/blast-radius.ts';
import type { Commit } from '../git/git-facts.ts';
import { type PlacedStep, placedSteps } from '../playbook/placed-steps.ts';
import type { LoadedPlaybook } from '../playbook/playbook.ts';
import type { Severity } from '../severity.ts';
import type { RenderContext } from '../steps/definition.ts';
import { type PlanStep, STEP_KINDS, type StepKind, stepKinds } from '../steps/kinds.ts';
import { isOfKind } from '../steps/of-kind.ts';
import type { Environment, Service, Team } from '../team/team.ts';
import type { Plan } from './plan.ts';

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

/** Playbook + parameters + target, rendered to exact steps. Pure: the same request gives the same plan. */
export function renderPlan(request: RenderRequest): Plan {
  const { playbook, fileDigest } = request.loaded;
  const context = contextOf(request);
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
    steps: placedSteps(playbook).map((placed) => renderStep(placed, context)),
    estimateMs: playbook.estimate,
    approval: { roles, count, requesterMayApprove, raiseTo, nextDeployment },
    blastRadius: request.blastRadius,
  };
}

/** By the definition of its kind. */
function renderStep(placed: PlacedStep, context: RenderContext): PlanStep {
  const [exact] = STEP_KINDS.flatMap((kind) => renderAs(kind, placed, context));
  if (exact === undefined) throw new Error(`the step ${placed.step.id} is of no kind`);
  return exact;
}

function renderAs<Kind extends StepKind>(
  kind: Kind,
  { step, phase }: PlacedStep,
  context: RenderContext,
): readonly PlanStep[] {
  if (!isOfKind(kind, step)) return [];
  const { repeatable, render } = stepKinds[kind];
  const { id, title } = step;
  const common = { kind, id, title, phase, repeatable: repeatable === 'by-nature' || step.repeatable };
  return [render({ ...context, step, common })];
}

/** What the steps of the plan are made for. */
function contextOf(request: RenderRequest): RenderContext {
  const { repository, branch } = serviceOf(request);
  return {
    service: { name: request.service, repository, branch },
    environment: { name: request.environment, ...environmentOf(request) },
    parameters: request.parameters,
    target: request.target,
    deployed: request.deployed,
  };
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
