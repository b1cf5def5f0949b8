import { WorkingStatus } from '../../../domain/incident/events.ts';
import type { Incident } from '../../../domain/incident/incident.ts';
import { nameCommit } from '../../../domain/plan/plan.ts';
import { isProven } from '../../../domain/run/proof.ts';
import { hasEnded, hasStarted, type Run } from '../../../domain/run/run.ts';
import { standingWords } from '../../../words/doubts.ts';

/** What an update can say already: as the last one did, and what became of the incident's runs since. */
export function updateSoFar(incident: Incident, runs: readonly Run[]) {
  const last = incident.lastUpdate;
  const since = last?.at ?? incident.declaredAt;
  const ended = runs.filter((run) => run.endedAt !== null && run.endedAt > since);
  return {
    status: statusFrom(incident, runs),
    done: ended.length > 0 ? ended.map(endedLine).join('\n') : (last?.done ?? ''),
    next: last?.next ?? '',
    eta: last?.eta ?? '',
  };
}

/** Whether the harm has stopped is for a person to say: that a rollback is proven doesn't tell. */
function statusFrom(incident: Incident, runs: readonly Run[]): WorkingStatus {
  if (runs.some((run) => hasStarted(run) && !hasEnded(run))) return 'mitigating';
  return WorkingStatus.safeParse(incident.status).data ?? 'investigating';
}

const endedLine = (run: Run): string =>
  isProven(run)
    ? `${run.id}: ${run.plan.service} was rolled back to ${nameCommit(run.plan.target)}.`
    : `${run.id}: the rollback of ${run.plan.service} ${ENDED[run.status] ?? standingWords(run)}.`;

const ENDED: Partial<Record<Run['status'], string>> = {
  failed: 'failed',
  cancelled: 'was cancelled',
  denied: 'was denied',
  expired: 'was not approved in time',
};
