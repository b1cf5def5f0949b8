import { refuse } from '../../refusal.ts';
import type { WorkingStatus } from '../events.ts';
import { accept, firstResponse, refuseToWork } from '../may-work.ts';
import { nextUpdateDue } from '../schedule.ts';
import { incidentAction } from './action.ts';

type Fields = {
  readonly status: WorkingStatus;
  readonly done: string;
  readonly next: string;
  readonly eta: string;
};

/** An update by a person, whenever given, moves the next one; the first also acknowledges. */
export const update = incidentAction({
  press: 'update',
  words: 'giving an update',
  whyNot: refuseToWork,
  decide: (incident, { now }, { status, done, next, eta }: Fields) =>
    done.trim() === ''
      ? refuse({ reason: 'missing-reason' })
      : accept(...firstResponse(incident), {
          type: 'incident.updated',
          payload: {
            status,
            done: done.trim(),
            next: next.trim(),
            eta: eta.trim(),
            updateDueAt: nextUpdateDue(incident, now),
          },
        }),
});
