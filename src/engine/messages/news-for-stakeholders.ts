import { isOver } from '../../domain/incident/incident.ts';
import { hasStarted } from '../../domain/run/run.ts';
import type { IncidentMoment } from '../streams/incident-moment.ts';

/** What is worth a line to stakeholders, in the thread of the post that they have of an incident. */
export type StakeholderNews =
  | 'updated'
  | 'automatic'
  | 'rolled-back'
  | 'not-proven'
  | 'not-rolled-back'
  /** Of a severity that stakeholders aren't told of any more, or of one that they are told of again. */
  | 'eased'
  | 'worse'
  | 'reopened'
  | 'resolved'
  | 'merged'
  | 'unmerged';

/**
 * What of an event stakeholders are told, or undefined: nothing. They are told of what they have a post of, which is
 * there from the first moment on that their severity says so; and whoever was told that it began is told of the end.
 */
export function newsForStakeholders(moment: IncidentMoment): StakeholderNews | undefined {
  if (!moment.stakeholdersKnow) return undefined;
  const { event, incident, before } = moment;
  switch (event.type) {
    case 'incident.resolved':
      return 'resolved';
    case 'incident.merged':
      return 'merged';
    case 'incident.unmerged':
      return 'unmerged';
    case 'severity.changed':
      if (before?.stakeholders === incident.stakeholders) return undefined;
      return incident.stakeholders ? 'worse' : 'eased';
    case 'incident.reopened':
      return 'reopened';
  }
  if (!incident.stakeholders || isOver(incident)) return undefined;
  switch (event.type) {
    case 'incident.updated':
      return 'updated';
    case 'update.missed':
      return 'automatic';
    case 'run.settled':
      return endOfRun(moment, event.payload);
    default:
      return undefined;
  }
}

/** A rollback that never began is nobody's news. */
function endOfRun(
  { runs }: IncidentMoment,
  { run: id, status, proven }: { readonly run: string; readonly status: string; readonly proven: boolean },
): StakeholderNews | undefined {
  const run = runs.find((candidate) => candidate.id === id);
  if (run === undefined || !hasStarted(run)) return undefined;
  if (status !== 'succeeded') return 'not-rolled-back';
  return proven ? 'rolled-back' : 'not-proven';
}
