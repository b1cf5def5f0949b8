import { type Refused, refuse } from '../../domain/refusal.ts';
import { listTargets } from '../../engine/plan/list-targets.ts';
import type { Origin } from '../../slack/run/forms/origin.ts';
import type { RollbackForm, RollbackPrefill } from '../../slack/run/forms/rollback.ts';
import type { Attending } from '../door/listening.ts';

/** Everything the rollback form shows for a service; refused for an unknown one or an unreachable repository. */
export async function rollbackFormData(
  { catalog, git }: Pick<Attending, 'catalog' | 'git'>,
  request: { readonly service: string; readonly origin: Origin; readonly prefill: RollbackPrefill },
): Promise<{ readonly kind: 'form'; readonly form: RollbackForm } | Refused> {
  const team = await catalog.team();
  const service = Object.hasOwn(team.services, request.service) ? team.services[request.service] : undefined;
  if (!service)
    return refuse({ reason: 'unknown-service', service: request.service, known: Object.keys(team.services) });
  const targets = await listTargets({ git }, service);
  if (targets.kind === 'refused') return targets;
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
      environments: Object.keys(service.environments),
      playbooks: known.map(({ name, title }) => ({ name, title })),
      releases: targets.releases,
      severities: team.severities,
      parameters: [...parameters.values()],
    },
  };
}
