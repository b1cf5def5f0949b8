import { mayStartRollback } from '../../domain/incident/actions/roll-back.ts';
import { isRollbackPlanned } from '../../domain/incident/incident.ts';
import { actOnIncident } from '../../engine/incident/act.ts';
import { rollBack } from '../../slack/incident/actions/roll-back.ts';
import { RollBackButton } from '../../slack/kit/button-values.ts';
import { incidentActionId } from '../../slack/kit/ids.ts';
import { listenToButton, type Press } from '../door/button-press.ts';
import type { InboundRunner } from '../door/inbound.ts';
import type { Listening } from '../door/listening.ts';
import type { Router } from '../door/router.ts';
import type { RefusedSender } from '../door/view-submission.ts';
import { openRollbackForm } from '../run/open-rollback-form.ts';
import { beforePress, recordStranger } from './before-press.ts';

const { press } = rollBack;

/**
 * Roll back. A button that said that it would do so at once, and asked whether one is sure, does it where the policy is
 * still about to and this person may approve that. Every other press opens the rollback form, filled in from the
 * incident; what is asked for there is posted in the incident's thread.
 */
export function listenToIncidentRollback(router: Router, listening: Listening, inbound: InboundRunner): void {
  const button = {
    action: incidentActionId(press),
    schema: RollBackButton,
    record: ({ incident }: RollBackButton, refused: RefusedSender) =>
      recordStranger(listening, { incident, press }, refused),
  };
  listenToButton(router, inbound, button, async (pressed) => {
    const { listening: attending, value, person, team, triggerId, channel, refused } = pressed;
    const answer = await beforePress(attending, { incident: value.incident, press, person, team });
    if (answer.kind === 'refused') return refused(answer.refusal);
    const { incident } = answer;
    // Pressed twice, it must not turn into a request for another one.
    const atOnce = isRollbackPlanned(incident) || incident.automaticRollback?.outcome === 'triggered';
    if (value.moves !== undefined && atOnce && mayStartRollback(incident, person, team))
      return startNow(pressed);
    const { id, services } = incident;
    await openRollbackForm(attending, {
      ...{ person, triggerId, origin: { channel, incident: id } },
      prefill: { services, ...(services.length === 1 ? { service: services[0] } : {}) },
    });
  });
}

async function startNow({ listening, value, person, refused }: Press<RollBackButton>): Promise<void> {
  const { incident, moves } = value;
  const answer = await actOnIncident(listening, { incident, person, command: { press, moves } });
  if (answer.kind === 'refused') await refused(answer.refusal);
}
