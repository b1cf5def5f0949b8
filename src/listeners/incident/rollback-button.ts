import { isOver } from '../../domain/incident/incident.ts';
import { recordRefusedPress } from '../../engine/incident/act.ts';
import { loadIncident } from '../../engine/streams/incidents.ts';
import { IncidentButton } from '../../slack/kit/button-values.ts';
import { ACTION } from '../../slack/kit/ids.ts';
import { listenToButton } from '../door/button-press.ts';
import type { InboundRunner } from '../door/inbound.ts';
import type { Listening } from '../door/listening.ts';
import type { Router } from '../door/router.ts';
import { openRollbackForm } from '../run/open-rollback-form.ts';

const PRESS = 'start-rollback';

/** Start rollback: the rollback form, filled in from the incident. Its request is posted in the incident's thread. */
export function listenToIncidentRollback(router: Router, listening: Listening, inbound: InboundRunner): void {
  const button = {
    action: ACTION.incidentRollback,
    schema: IncidentButton,
    record: ({ incident }: IncidentButton, refused: { user: string; refusal: { reason: string } }) =>
      recordRefusedPress(listening, {
        ...{ incident, press: PRESS, person: { id: refused.user }, refusal: refused.refusal.reason },
      }),
  };
  listenToButton(
    router,
    inbound,
    button,
    async ({ listening, value, person, triggerId, channel, refused }) => {
      const incident = await loadIncident(listening, value.incident);
      if (incident === undefined) return refused({ reason: 'unknown-incident', incident: value.incident });
      if (isOver(incident)) {
        const refusal = { reason: 'incident-over', status: incident.status } as const;
        await recordRefusedPress(listening, {
          ...{ incident: incident.id, person, press: PRESS, refusal: refusal.reason },
        });
        return refused(refusal);
      }
      const { services } = incident;
      await openRollbackForm(listening, {
        ...{ person, triggerId, origin: { channel, incident: incident.id } },
        prefill: { services, ...(services.length === 1 ? { service: services[0] } : {}) },
      });
    },
  );
}
