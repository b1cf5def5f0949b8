import type { Refusal } from '../../domain/refusal.ts';
import { actOnIncident, type IncidentCommand, recordRefusedPress } from '../../engine/incident/act.ts';
import { IncidentButton, MergeButton } from '../../slack/kit/button-values.ts';
import { ACTION } from '../../slack/kit/ids.ts';
import { listenToButton } from '../door/button-press.ts';
import type { InboundRunner } from '../door/inbound.ts';
import type { Listening } from '../door/listening.ts';
import type { Router } from '../door/router.ts';
import { type IncidentFormName, incidentForm } from './incident-form.ts';

/** Buttons that do what they say at once. */
const AT_ONCE: readonly { readonly action: string; readonly command: IncidentCommand }[] = [
  { action: ACTION.acknowledge, command: { press: 'acknowledge' } },
  { action: ACTION.goNow, command: { press: 'go-now' } },
];

/** Buttons that ask for more first. */
const WITH_FORM: readonly { readonly action: string; readonly form: IncidentFormName }[] = [
  { action: ACTION.updateIncident, form: 'update' },
  { action: ACTION.changeSeverity, form: 'severity' },
  { action: ACTION.incidentRoles, form: 'roles' },
  { action: ACTION.resolveIncident, form: 'resolve' },
  { action: ACTION.reopenIncident, form: 'reopen' },
  { action: ACTION.holdRollback, form: 'hold-rollback' },
  { action: ACTION.holdLadder, form: 'hold-ladder' },
];

/** The buttons of the incident card and of what is said under it. What a press leads to is judged by the stored state. */
export function listenToIncidentButtons(router: Router, listening: Listening, inbound: InboundRunner): void {
  const recordAs =
    (press: string) =>
    ({ incident }: IncidentButton, refused: { readonly user: string; readonly refusal: Refusal }) =>
      recordRefusedPress(listening, {
        ...{ incident, press, person: { id: refused.user }, refusal: refused.refusal.reason },
      });

  for (const { action, command } of AT_ONCE) {
    const button = { action, schema: IncidentButton, record: recordAs(command.press) };
    listenToButton(router, inbound, button, async ({ listening, value, person, refused }) => {
      const answer = await actOnIncident(listening, { ...value, person, command });
      if (answer.kind === 'refused') await refused(answer.refusal);
    });
  }

  for (const { action, form } of WITH_FORM) {
    const button = { action, schema: IncidentButton, record: recordAs(form) };
    listenToButton(router, inbound, button, async ({ value, person, team, triggerId, refused }) => {
      const answer = await incidentForm(listening, { ...value, form, person, team });
      if (answer.kind === 'refused') return refused(answer.refusal);
      await listening.viewClient.views.open({ trigger_id: triggerId, view: answer.view });
    });
  }

  const merge = { action: ACTION.mergeIncident, schema: MergeButton, record: recordAs('merge') };
  listenToButton(
    router,
    inbound,
    merge,
    async ({ listening, value: { incident, into }, person, refused }) => {
      const answer = await actOnIncident(listening, { incident, person, command: { press: 'merge', into } });
      if (answer.kind === 'refused') await refused(answer.refusal);
    },
  );
}
