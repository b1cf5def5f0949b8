import { type Incident, isMitigated, isOver, nextRung } from '../../domain/incident/incident.ts';
import { actions, type Block, button } from '../kit/block-kit.ts';
import { encodeButton } from '../kit/button-values.ts';
import { ACTION } from '../kit/ids.ts';

/** What people can do about an incident. Resolved, it can only be reopened; closed, nothing. */
export function incidentButtons(incident: Incident): readonly Block[] {
  const value = encodeButton({ incident: incident.id });
  if (incident.status === 'closed') return [];
  if (isOver(incident)) return [actions(button({ action: ACTION.reopenIncident, text: 'Reopen', value }))];
  const holdable = nextRung(incident) !== undefined && !isMitigated(incident);
  return [
    actions(
      ...(incident.acknowledged === null ? [acknowledgeButton(incident)] : []),
      button({ action: ACTION.updateIncident, text: 'Update', value }),
      button({ action: ACTION.changeSeverity, text: 'Change severity', value }),
      button({ action: ACTION.incidentRoles, text: 'Roles', value }),
      button({ action: ACTION.incidentRollback, text: 'Start rollback', value }),
      ...(holdable ? [button({ action: ACTION.holdLadder, text: 'Hold escalation', value })] : []),
      button({ action: ACTION.resolveIncident, text: 'Resolve', value }),
    ),
  ];
}

/** The first thing anybody does, so it stands out. */
export const acknowledgeButton = ({ id }: Incident) =>
  button({
    action: ACTION.acknowledge,
    text: 'Acknowledge',
    value: encodeButton({ incident: id }),
    style: 'primary',
  });
