import type { Person } from '../../domain/actor.ts';
import { type Incident, isOver } from '../../domain/incident/incident.ts';
import { refuseToWork } from '../../domain/incident/may-work.ts';
import { type Refused, refuse } from '../../domain/refusal.ts';
import { holdsAny } from '../../domain/run/decide.ts';
import { respondRoles, type Team } from '../../domain/team/team.ts';
import { recordRefusedPress } from '../../engine/incident/act.ts';
import { toIso } from '../../engine/ports/clock.ts';
import { loadIncident } from '../../engine/streams/incidents.ts';
import { loadRun } from '../../engine/streams/runs.ts';
import { severityFormView } from '../../slack/incident/actions/change-severity.ts';
import { holdLadderView } from '../../slack/incident/actions/hold-ladder.ts';
import { rolesFormView } from '../../slack/incident/actions/take-role.ts';
import { updateFormView } from '../../slack/incident/actions/update.ts';
import { holdRollbackForm, reopenForm, resolveForm } from '../../slack/incident/actions/with-reason.ts';
import type { Modal } from '../../slack/kit/block-kit.ts';
import type { Listening } from '../door/listening.ts';

export type IncidentFormName =
  | 'update'
  | 'severity'
  | 'roles'
  | 'resolve'
  | 'reopen'
  | 'hold-rollback'
  | 'hold-ladder';

type Request = {
  readonly form: IncidentFormName;
  readonly incident: string;
  readonly person: Person;
  readonly team: Team;
};

/** A form about an incident as it stands. Whoever could not send it is refused before they type, which is recorded. */
export async function incidentForm(
  listening: Listening,
  request: Request,
): Promise<{ readonly kind: 'form'; readonly view: Modal } | Refused> {
  const incident = await loadIncident(listening, request.incident);
  if (incident === undefined) return refuse({ reason: 'unknown-incident', incident: request.incident });
  const refused = mayNotSend(incident, request, toIso(listening.clock.now()));
  if (refused === undefined) return { kind: 'form', view: await formView(listening, incident, request) };
  const { person, form } = request;
  const refusal = refused.refusal.reason;
  await recordRefusedPress(listening, { incident: incident.id, person, press: form, refusal });
  return refused;
}

function mayNotSend(incident: Incident, { form, person, team }: Request, now: string): Refused | undefined {
  const mayRespond = respondRoles(team);
  if (form === 'reopen') {
    if (!isOver(incident)) return refuse({ reason: 'not-resolved', status: incident.status });
    const isKnown = incident.roles.commander === person.id || holdsAny(person, mayRespond);
    return isKnown ? undefined : refuse({ reason: 'not-permitted', roles: mayRespond });
  }
  const refused = refuseToWork(incident, { person, mayRespond, now });
  if (refused) return refused;
  const { commander } = incident.roles;
  return form === 'hold-ladder' && commander !== person.id
    ? refuse({ reason: 'not-commander', commander })
    : undefined;
}

async function formView(listening: Listening, incident: Incident, request: Request): Promise<Modal> {
  switch (request.form) {
    case 'update': {
      const runs = await Promise.all(incident.runs.map(({ run }) => loadRun(listening, run)));
      return updateFormView(
        incident,
        runs.filter((run) => run !== undefined),
      );
    }
    case 'severity':
      return severityFormView(incident, request.team);
    case 'roles':
      return rolesFormView(incident, request.person);
    case 'resolve':
      return resolveForm.view(incident);
    case 'reopen':
      return reopenForm.view(incident);
    case 'hold-rollback':
      return holdRollbackForm.view(incident);
    case 'hold-ladder':
      return holdLadderView(incident);
  }
}
