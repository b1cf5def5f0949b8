import type { Incident } from '../../domain/incident/incident.ts';
import { type Refused, refuse } from '../../domain/refusal.ts';
import { previewMove } from '../../engine/plan/preview-move.ts';
import { readServiceState } from '../../engine/plan/service-state.ts';
import type { Origin } from '../../slack/run/forms/origin.ts';
import type { RollbackForm, RollbackPrefill } from '../../slack/run/forms/rollback.ts';
import type { Attending } from '../door/listening.ts';

/** Everything the rollback form shows for a service; refused for an unknown one or an unreachable repository. */
export async function rollbackFormData(
  deps: Pick<Attending, 'catalog' | 'git' | 'store'>,
  request: {
    readonly service: string;
    readonly origin: Origin;
    readonly prefill: RollbackPrefill;
    readonly incident?: Incident | undefined;
  },
): Promise<{ readonly kind: 'form'; readonly form: RollbackForm } | Refused> {
  const { catalog } = deps;
  const team = await catalog.team();
  const service = Object.hasOwn(team.services, request.service) ? team.services[request.service] : undefined;
  if (!service)
    return refuse({ reason: 'unknown-service', service: request.service, known: Object.keys(team.services) });
  const state = await readServiceState(deps, request);
  if (state.kind === 'refused') return state;
  const { deployed, unknown } = state;
  const { environment, playbook, target } = request.prefill;
  const { service: name } = request;
  const preview = await previewMove(deps, { service: name, environment, playbook, target, deployed });
  const playbooks = await Promise.all(service.playbooks.map((name) => catalog.playbook(name)));
  const known = playbooks.flatMap((loaded) => (loaded === undefined ? [] : [loaded.playbook]));
  const parameters = new Map(
    known.flatMap((playbook) => playbook.parameters.map((parameter) => [parameter.name, parameter])),
  );
  return {
    kind: 'form',
    form: {
      ...request,
      serviceTitle: service.title,
      facts: { deployed, unknown, preview, incident: request.incident },
      environments: Object.keys(service.environments),
      playbooks: known.map(({ name, title }) => ({ name, title })),
      targets: state.targets,
      severities: team.severities,
      parameters: [...parameters.values()],
    },
  };
}
