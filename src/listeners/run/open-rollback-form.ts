import { holdsAny, type Person, systemActor } from '../../domain/actor.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { Team } from '../../domain/team/team.ts';
import { incidentsToJoin } from '../../engine/policy/join-incident.ts';
import { loadIncident } from '../../engine/streams/incidents.ts';
import { loadRun } from '../../engine/streams/runs.ts';
import type { Modal } from '../../slack/kit/block-kit.ts';
import { refusalText } from '../../slack/kit/refusal.ts';
import { outcomeView } from '../../slack/kit/telling-views.ts';
import { escapeText } from '../../slack/kit/text.ts';
import type { Origin } from '../../slack/run/forms/origin.ts';
import { rollbackFormView } from '../../slack/run/forms/rollback.ts';
import { serviceView } from '../../slack/run/forms/service.ts';
import { explainRefusal } from '../door/explain-refusal.ts';
import type { Attending, Listening } from '../door/listening.ts';
import { type Opened, openBehindLoading, openModal } from '../door/open-modal.ts';
import { rollbackFormData } from './rollback-form-data.ts';

const TITLE = 'Roll back';

type Request = {
  readonly person: Person;
  readonly triggerId: string;
  readonly origin: Origin;
  readonly prefill: {
    readonly service?: string | undefined;
    readonly target?: string | undefined;
    readonly reason?: string | undefined;
    /** The services to choose from; all where it is empty. */
    readonly services?: readonly string[];
  };
};

/** Opens a loading view before the trigger runs out, then puts the form into it; or the choice of a service, at once. */
export async function openRollbackForm(listening: Attending, request: Request): Promise<void> {
  const { origin, prefill, triggerId } = request;
  const first = firstView(await listening.catalog.team(), request);
  if (first.kind === 'whole') {
    await openModal(listening, { triggerId, view: first.view });
    return;
  }
  const { service } = first;
  await openBehindLoading(listening, { triggerId, title: TITLE }, () =>
    formView(listening, { service, origin, prefill: onlyTyped(prefill) }),
  );
}

/** What was typed counts before what the incident says; what wasn't, doesn't. */
const onlyTyped = ({ target, reason }: Request['prefill']) => ({
  ...(target && { target }),
  ...(reason && { reason }),
});

/** The form for a service; or why there is none. */
export async function formView(
  listening: Attending,
  request: Pick<Parameters<typeof rollbackFormData>[1], 'service' | 'origin' | 'prefill'>,
): Promise<Opened> {
  const { service } = request;
  const incident = await incidentOf(listening, request);
  const prefill = { ...(incident && saidBy(incident)), ...request.prefill };
  const data = await rollbackFormData(listening, { ...request, prefill, incident });
  if (data.kind === 'refused') return { kind: 'told', text: refusalText(data.refusal) };
  const notice = await lockNotice(listening, { service, environments: data.form.environments });
  return { kind: 'form', view: rollbackFormView({ ...data.form, notice }) };
}

/** The incident that the rollback belongs to: the one that it was asked from, else the open one of the service. */
async function incidentOf(
  listening: Attending,
  { service, origin }: { readonly service: string; readonly origin: Origin },
): Promise<Incident | undefined> {
  if (origin.incident !== undefined) return loadIncident(listening, origin.incident);
  const { services } = await listening.catalog.team();
  const environments = Object.hasOwn(services, service) ? services[service]?.environments : undefined;
  const [environment = ''] = Object.keys(environments ?? {});
  return (await incidentsToJoin(listening, { service, environment }))[0];
}

const saidBy = ({ id, severity, title }: Incident) => ({ severity, reason: `${id}: ${title}` });

/** Tells before anybody has typed anything where another rollback is on it already (mrkdwn). */
async function lockNotice(
  { store }: Pick<Listening, 'store'>,
  { service, environments }: { readonly service: string; readonly environments: readonly string[] },
): Promise<string | undefined> {
  const notices = await Promise.all(
    environments.map(async (environment) => {
      const lock = await store.lockOf(service, environment);
      if (lock === undefined) return [];
      const owner = (await loadRun({ store }, lock.run))?.requestedBy ?? systemActor('unknown');
      const refusal = { reason: 'rollback-in-progress', heldBy: lock.run, since: lock.since, owner } as const;
      const where = environments.length === 1 ? '' : `*${escapeText(environment)}*: `;
      return [`:warning: ${where}${refusalText(refusal)}`];
    }),
  );
  return notices.flat().length === 0 ? undefined : notices.flat().join('\n');
}

/** What can be shown at once; or the service whose form has to be fetched. */
function firstView(
  team: Team,
  { person, origin, prefill }: Request,
): { readonly kind: 'whole'; readonly view: Modal } | { readonly kind: 'of'; readonly service: string } {
  if (!holdsAny(person, team.permissions.request)) {
    const text = explainRefusal(
      { reason: 'not-permitted', roles: team.permissions.request },
      { person, team },
    );
    return { kind: 'whole', view: outcomeView({ title: TITLE, text }) };
  }
  const all = Object.entries(team.services).map(([name, { title }]) => ({ name, title }));
  const among = all.filter(({ name }) => prefill.services?.includes(name));
  const services = among.length > 0 ? among : all;
  const service = prefill.service ?? (services.length === 1 ? services[0]?.name : undefined);
  if (service !== undefined) return { kind: 'of', service };
  return { kind: 'whole', view: serviceView({ services, origin }) };
}
