import type { Incident } from '../../domain/incident/incident.ts';
import type { IncidentNoticeName } from '../../engine/reactions/follow-on.ts';
import { actions, type Block, button } from '../kit/block-kit.ts';
import { encodeButton } from '../kit/button-values.ts';
import { ACTION } from '../kit/ids.ts';
import { acknowledgeButton } from './buttons.ts';
import { holdOrGo } from './rollback.ts';

/** What people can do right where they are told of something. `other` is an incident that may be the same. */
export function noticeButtons(
  notice: IncidentNoticeName,
  { incident, other }: { readonly incident: Incident; readonly other: Incident | undefined },
): readonly Block[] {
  const value = encodeButton({ incident: incident.id });
  switch (notice) {
    case 'escalation':
    case 'response-overdue':
      return incident.acknowledged === null ? [actions(acknowledgeButton(incident))] : [];
    case 'update-asked':
      return [
        actions(button({ action: ACTION.updateIncident, text: 'Write the update', value, style: 'primary' })),
      ];
    case 'roles-asked-again':
      return [actions(button({ action: ACTION.incidentRoles, text: 'Roles', value }))];
    case 'rollback-warning':
    case 'rollback-held':
      return holdOrGo(incident, incident.automaticRollback);
    case 'rollback-blocked':
    case 'decision-due':
      return [actions(button({ action: ACTION.incidentRollback, text: 'Start rollback', value }))];
    case 'possible-duplicate':
      return other === undefined ? [] : [actions(mergeButton(incident, other))];
    default:
      return [];
  }
}

const mergeButton = ({ id }: Incident, other: Incident) =>
  button({
    action: ACTION.mergeIncident,
    text: `Merge into ${other.id}`,
    value: encodeButton({ incident: id, into: other.id }),
    confirm: {
      title: `Merge ${id} into ${other.id}?`,
      text: `${id} is closed, its timers stop, and work goes on in ${other.id}.`,
      yes: 'Merge',
      no: 'Keep both',
    },
  });
