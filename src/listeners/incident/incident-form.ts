import type { Person } from '../../domain/actor.ts';
import type { Refused } from '../../domain/refusal.ts';
import type { Severity } from '../../domain/severity.ts';
import type { Team } from '../../domain/team/team.ts';
import { loadRun } from '../../engine/streams/runs.ts';
import { type FormPress, formAction } from '../../slack/incident/actions/lookup.ts';
import type { Modal } from '../../slack/kit/block-kit.ts';
import type { Listening } from '../door/listening.ts';
import { beforePress } from './before-press.ts';

/** What was typed already, for a form that asks for more. */
export type Prefill = { readonly severity?: Severity };

/** A form about an incident as it stands. Whoever could not send it is refused before they type, which is recorded. */
export async function incidentForm(
  listening: Listening,
  request: {
    readonly form: FormPress;
    readonly incident: string;
    readonly person: Person;
    readonly team: Team;
    readonly prefill?: Prefill;
  },
): Promise<{ readonly kind: 'form'; readonly view: Modal } | Refused> {
  const { form, person, team } = request;
  const answer = await beforePress(listening, { ...request, press: form });
  if (answer.kind === 'refused') return answer;
  const { incident } = answer;
  const runs = await Promise.all(incident.runs.map(({ run }) => loadRun(listening, run)));
  const known = runs.filter((run) => run !== undefined);
  return {
    kind: 'form',
    view: formAction(form).view(incident, { team, person, runs: known, ...request.prefill }),
  };
}
