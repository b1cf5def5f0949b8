import { checkParameters } from '../../domain/playbook/check-parameters.ts';
import type { LoadedPlaybook } from '../../domain/playbook/playbook.ts';
import { type Refused, refuse } from '../../domain/refusal.ts';
import { Severity } from '../../domain/severity.ts';
import type { Service, Team } from '../../domain/team/team.ts';
import type { Catalog } from '../ports/catalog.ts';

type Procedure = {
  readonly kind: 'chosen';
  readonly service: Service;
  readonly serviceName: string;
  readonly environment: string;
  readonly loaded: LoadedPlaybook;
};

export type Chosen = Procedure & {
  readonly parameters: Readonly<Record<string, string>>;
  readonly severity: Severity;
};

type ProcedureRequest = {
  readonly service: string;
  /** Left out: the service's first environment, and its first playbook. */
  readonly environment?: string | undefined;
  readonly playbook?: string | undefined;
};

/** Everything of a plan that comes from files rather than from git. */
export async function choose(
  team: Team,
  catalog: Catalog,
  request: ProcedureRequest & {
    readonly severity: string;
    readonly parameters: Readonly<Record<string, string>>;
  },
): Promise<Chosen | Refused> {
  const procedure = await chooseProcedure(team, catalog, request);
  if (procedure.kind === 'refused') return procedure;
  const severity = Severity.safeParse(request.severity);
  if (!severity.success)
    return refuse({ reason: 'unknown-severity', severity: request.severity, known: Severity.options });
  const parameters = checkParameters(procedure.loaded.playbook, request.parameters);
  if (!parameters.ok) return refuse(parameters.refusal);
  return { ...procedure, parameters: parameters.values, severity: severity.data };
}

/** What would be done to what, whatever it is done for. */
export async function chooseProcedure(
  team: Team,
  catalog: Catalog,
  request: ProcedureRequest,
): Promise<Procedure | Refused> {
  const { service: serviceName } = request;
  const service = Object.hasOwn(team.services, serviceName) ? team.services[serviceName] : undefined;
  if (!service)
    return refuse({ reason: 'unknown-service', service: serviceName, known: Object.keys(team.services) });
  const environments = Object.keys(service.environments);
  const environment = request.environment ?? environments[0] ?? '';
  if (!environments.includes(environment))
    return refuse({ reason: 'unknown-environment', environment, known: environments });
  const playbook = request.playbook ?? service.playbooks[0] ?? '';
  const loaded = service.playbooks.includes(playbook) ? await catalog.playbook(playbook) : undefined;
  if (!loaded) return refuse({ reason: 'unknown-playbook', playbook, known: service.playbooks });
  return { kind: 'chosen', service, serviceName, environment, loaded };
}
