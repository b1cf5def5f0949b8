import { describe, expect, it } from 'vitest';
import type { IncidentEvent } from '../../../../src/domain/incident/events.ts';
import { evolveIncident } from '../../../../src/domain/incident/evolve.ts';
import { type Incident, isMitigated } from '../../../../src/domain/incident/incident.ts';
import type { Schedule } from '../../../../src/domain/incident/schedule.ts';
import { decideDue, nextDue } from '../../../../src/domain/incident/timers.ts';
import { hold, isOf, iso, minute, scheduleIn } from '../../../support/incident-stories.ts';

describe('whatever people, runs and time do to an incident, in whatever order', { timeout: 60_000 }, () => {
  it('no timer goes off before its time', () => {
    hold(({ events }) => {
      let schedule: Schedule | undefined;
      let closesAt = '';
      for (const event of events) {
        schedule = scheduleIn(event) ?? schedule;
        if (isOf(event, 'incident.resolved')) closesAt = event.payload.closesAt;
        expect(event.at >= notBefore(event, { schedule, closesAt, declaredAt: events[0]?.at ?? '' })).toBe(
          true,
        );
      }
    });
  });

  it('warnings come before the start that they warn of', () => {
    hold(({ events }) => {
      let started = false;
      for (const event of events) {
        if (scheduleIn(event)) started = false;
        if (event.type === 'rollback.triggered') started = true;
        if (!isOf(event, 'rollback.warned')) continue;
        expect(started).toBe(false);
        expect(event.at < event.payload.startsAt).toBe(true);
      }
    });
  });

  it('what is due gets done: looking again comes to an end, and what comes next lies ahead', () => {
    hold(({ stood }) => {
      for (const { incident, now } of stood) {
        const events = [...eventsToCome(incident, now)];
        const due = nextDue(events.reduce(foldOne, incident));
        expect(due === undefined || due > iso(now)).toBe(true);
        expect(events.length > 0).toBe((nextDue(incident) ?? '9') <= iso(now));
      }
    });
  });

  it('an open incident always has an update ahead where its policy wants any, and a closed one nothing', () => {
    hold(({ stood }) => {
      for (const { incident } of stood) {
        if (incident.status === 'closed') expect(nextDue(incident)).toBeUndefined();
        else if (!isMitigated(incident) && incident.updateDueAt !== null)
          expect((nextDue(incident) ?? '9') <= incident.updateDueAt).toBe(true);
      }
    });
  });
});

/** The moment that an event of time alone must not come before; the start of time for any other. */
function notBefore(
  event: IncidentEvent,
  {
    schedule,
    closesAt,
    declaredAt,
  }: { schedule: Schedule | undefined; closesAt: string; declaredAt: string },
): string {
  const after = (instant: string | undefined, milliseconds = 0): string =>
    iso(Date.parse(instant ?? '') + milliseconds);
  switch (event.type) {
    case 'update.asked':
      return after(event.payload.dueAt, -5 * minute);
    case 'update.missed':
      return event.payload.dueAt;
    case 'roles.asked-again':
      return after(declaredAt, 10 * minute);
    case 'response.overdue':
      return schedule?.respondBy ?? '9';
    case 'decision.due':
      return schedule?.decideBy ?? '9';
    case 'rollback.warned':
      return event.payload.warnAt;
    case 'rollback.stood-down':
      return schedule?.automaticRollback?.at ?? '9';
    case 'escalation.reached':
      if (event.payload.because !== 'time') return '';
      return schedule?.ladder.find(({ role }) => role === event.payload.role)?.at ?? '9';
    case 'incident.closed':
      return closesAt;
    default:
      return '';
  }
}

/** Every event that time has brought about by now, each decided on the state after the one before. */
function* eventsToCome(incident: Incident, now: number): Generator<IncidentEvent> {
  let state = incident;
  for (let times = 0; times < 100; times += 1) {
    const bodies = decideDue(state, iso(now));
    if (bodies.length === 0) return;
    for (const body of bodies) {
      const version = state.version + 1;
      const actor = { kind: 'system', name: 'incident-timer' } as const;
      const event = { id: `INC-1-${version}`, stream: 'INC-1', version, at: iso(now), actor, ...body };
      state = foldOne(state, event);
      yield event;
    }
  }
  throw new Error('timers without an end');
}

function foldOne(incident: Incident, event: IncidentEvent): Incident {
  return evolveIncident(incident, event);
}
