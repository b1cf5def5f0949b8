import { holdsAny, type Person } from '../../domain/actor.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { incidentsToJoin } from '../../engine/policy/join-incident.ts';
import { loadIncident } from '../../engine/streams/incidents.ts';
import { refusalText } from '../../slack/kit/refusal.ts';
import { outcomeView } from '../../slack/kit/telling-views.ts';
import { escapeText } from '../../slack/kit/text.ts';
import type { Origin } from '../../slack/run/forms/origin.ts';
import { rollbackFormView } from '../../slack/run/forms/rollback.ts';
import { explainRefusal } from '../door/explain-refusal.ts';
import type { Attending, Listening } from '../door/listening.ts';
import { type Opened, openBehindLoading, openModal } from '../door/open-modal.ts';
import { chooseAmongServices } from './choose-among-services.ts';
import { locksOf } from './locks-of.ts';
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
  const team = await listening.catalog.team();
  const { person } = request;
  if (!holdsAny(person, team.permissions.request)) {
    const refusal = { reason: 'not-permitted', roles: team.permissions.request } as const;
    const text = explainRefusal(refusal, { person, team });
    await openModal(listening, { triggerId, view: outcomeView({ title: TITLE, text }) });
    return;
  }
  const all = Object.keys(team.services);
  const among = all.filter((name) => prefill.services?.includes(name));
  const names = among.length > 0 ? among : all;
  const service = prefill.service ?? (names.length === 1 ? names[0] : undefined);
  if (service === undefined) return chooseAmongServices(listening, { team, names, origin, triggerId });
  await openBehindLoading(listening, { triggerId, title: TITLE }, () =>
    formView(listening, { service, origin, prefill: onlyTyped(prefill) }),
  );
}

/** What was typed counts before what the incident says; what wasn't, doesn't. */
const onlyTyped = ({ target, reason }: Request['prefill']) => ({
  ...(target && { target }),
  ...(reason && { reason }),
});

type FormRequest = Pick<Parameters<typeof rollbackFormData>[1], 'service' | 'origin' | 'prefill'>;

/** The form for a service; or why there is none. */
export async function formView(listening: Attending, request: FormRequest): Promise<Opened> {
  const { service } = request;
  const incidents = await incidentsFor(listening, request);
  const incident = chosenAmong(incidents, request);
  // What was only filled in for another incident is not what somebody typed.
  const typed = incidents.some((other) => reasonOf(other) === request.prefill.reason)
    ? undefined
    : request.prefill.reason;
  const severity = incident?.severity ?? request.prefill.severity;
  const prefill = { ...request.prefill, severity, reason: typed || (incident && reasonOf(incident)) };
  const data = await rollbackFormData(listening, { ...request, prefill, incident, incidents });
  if (data.kind === 'refused') return { kind: 'told', text: refusalText(data.refusal) };
  const notice = await lockNotice(listening, { service, environments: data.form.environments });
  return { kind: 'form', view: rollbackFormView({ ...data.form, notice }) };
}

/** The incidents that the rollback may belong to: the one that it was asked from, then the open ones of the service. */
async function incidentsFor(
  listening: Attending,
  { service, origin, prefill }: FormRequest,
): Promise<readonly Incident[]> {
  const from = origin.incident === undefined ? undefined : await loadIncident(listening, origin.incident);
  const { services } = await listening.catalog.team();
  const environments = Object.hasOwn(services, service) ? services[service]?.environments : undefined;
  const [first = ''] = Object.keys(environments ?? {});
  const { environment = first } = prefill;
  const open = await incidentsToJoin(listening, { service, environment });
  return from === undefined ? open : [from, ...open.filter(({ id }) => id !== from.id)];
}

function chosenAmong(
  incidents: readonly Incident[],
  { prefill: { incident } }: FormRequest,
): Incident | undefined {
  if (incident === null) return undefined;
  return incidents.find(({ id }) => id === incident) ?? incidents[0];
}

const reasonOf = ({ id, title }: Incident): string => `${id}: ${title}`;

/** Tells before anybody has typed anything where another rollback is on it already (mrkdwn). */
async function lockNotice(
  listening: Pick<Listening, 'store'>,
  place: { readonly service: string; readonly environments: readonly string[] },
): Promise<string | undefined> {
  const notices = (await locksOf(listening, place)).map(({ environment, run, since, owner }) => {
    const where = place.environments.length === 1 ? '' : `*${escapeText(environment)}*: `;
    const refusal = { reason: 'rollback-in-progress', heldBy: run, since, owner } as const;
    return `:warning: ${where}${refusalText(refusal)}`;
  });
  return notices.length === 0 ? undefined : notices.join('\n');
}
