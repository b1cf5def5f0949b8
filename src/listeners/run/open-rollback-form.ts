import { holdsAny, type Person, systemActor } from '../../domain/actor.ts';
import type { Team } from '../../domain/team/team.ts';
import { loadIncident } from '../../engine/streams/incidents.ts';
import { loadRun } from '../../engine/streams/runs.ts';
import type { Modal } from '../../slack/kit/block-kit.ts';
import { refusalText } from '../../slack/kit/refusal.ts';
import { outcomeView } from '../../slack/kit/telling-views.ts';
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
  request: Parameters<typeof rollbackFormData>[1] & { readonly notice?: string },
): Promise<Opened> {
  const prefill = { ...(await incidentPrefill(listening, request.origin)), ...request.prefill };
  const data = await rollbackFormData(listening, { ...request, prefill });
  if (data.kind === 'refused') return { kind: 'told', text: refusalText(data.refusal) };
  const environment = request.prefill.environment ?? data.form.environments[0] ?? '';
  const notice = request.notice ?? (await lockNotice(listening, { service: request.service, environment }));
  return { kind: 'form', view: rollbackFormView({ ...data.form, notice }) };
}

/** What the incident says that the rollback belongs to, if it does to one. */
async function incidentPrefill(listening: Pick<Listening, 'store'>, { incident: id }: Origin) {
  const incident = id === undefined ? undefined : await loadIncident(listening, id);
  if (incident === undefined) return {};
  return { severity: incident.severity, reason: `${incident.id}: ${incident.title}` };
}

/** Tells before anybody has typed anything that another rollback is on it already (mrkdwn). */
async function lockNotice(
  { store }: Pick<Listening, 'store'>,
  { service, environment }: { readonly service: string; readonly environment: string },
): Promise<string | undefined> {
  const lock = await store.lockOf(service, environment);
  if (lock === undefined) return undefined;
  const owner = (await loadRun({ store }, lock.run))?.requestedBy ?? systemActor('unknown');
  const refusal = { reason: 'rollback-in-progress', heldBy: lock.run, since: lock.since, owner } as const;
  return `:warning: ${refusalText(refusal)}`;
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
