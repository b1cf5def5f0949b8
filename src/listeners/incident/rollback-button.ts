import { startRollback } from '../../slack/incident/actions/start-rollback.ts';
import { IncidentButton } from '../../slack/kit/button-values.ts';
import { incidentActionId } from '../../slack/kit/ids.ts';
import { listenToButton } from '../door/button-press.ts';
import type { InboundRunner } from '../door/inbound.ts';
import type { Listening } from '../door/listening.ts';
import type { Router } from '../door/router.ts';
import type { RefusedSender } from '../door/view-submission.ts';
import { openRollbackForm } from '../run/open-rollback-form.ts';
import { beforePress, recordStranger } from './before-press.ts';

const { press } = startRollback;

/** Start rollback: the rollback form, filled in from the incident. Its request is posted in the incident's thread. */
export function listenToIncidentRollback(router: Router, listening: Listening, inbound: InboundRunner): void {
  const button = {
    action: incidentActionId(press),
    schema: IncidentButton,
    record: ({ incident }: IncidentButton, refused: RefusedSender) =>
      recordStranger(listening, { incident, press }, refused),
  };
  listenToButton(router, inbound, button, async (pressed) => {
    const { listening: attending, value, person, team, triggerId, channel, refused } = pressed;
    const answer = await beforePress(attending, { ...value, press, person, team });
    if (answer.kind === 'refused') return refused(answer.refusal);
    const { id, services } = answer.incident;
    await openRollbackForm(attending, {
      ...{ person, triggerId, origin: { channel, incident: id } },
      prefill: { services, ...(services.length === 1 ? { service: services[0] } : {}) },
    });
  });
}
