import type { IncidentEventBody } from './events.ts';
import { type Incident, isLadderStill, isOver, nextRung } from './incident.ts';
import { accept, type IncidentDecision } from './may-work.ts';

/**
 * Nobody's action: a triggered rollback could not be started without a person. The ladder's next rung is asked instead,
 * once for all services.
 */
export function decideRollbackBlocked(
  incident: Incident,
  blocked: { readonly service: string; readonly why: string },
): IncidentDecision {
  const before = incident.automaticRollback?.blocked ?? [];
  if (isOver(incident) || before.some(({ service }) => service === blocked.service)) return accept();
  const rung = isLadderStill(incident) || before.length > 0 ? undefined : nextRung(incident);
  const asked: readonly IncidentEventBody[] =
    rung === undefined
      ? []
      : [{ type: 'escalation.reached', payload: { role: rung.role, because: 'rollback-blocked' } }];
  return accept({ type: 'rollback.blocked', payload: blocked }, ...asked);
}
