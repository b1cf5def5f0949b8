import { describe, expect, it } from 'vitest';
import type { Severity } from '../../../../src/domain/severity.ts';
import { about, COMMANDER, NOBODY, RESPONDER, refused } from '../../../support/incident-people.ts';
import { shippedTeam } from '../../../support/shipped-team.ts';
import { type SimulatedIncident, simulateIncident } from '../../../support/simulate-incident.ts';

const team = await shippedTeam();
const minute = 60_000;
const system = { kind: 'system', name: 'runs' } as const;

const anIncident = (severity: Severity = 'P0', services = ['shop']) =>
  simulateIncident({ team, severity, services, commander: COMMANDER.id });
const holdLadder = (
  incident: SimulatedIncident,
  minutes: number,
  person = COMMANDER,
  reason = 'all are here',
) => incident.act(person, { press: 'hold-ladder', forMs: minutes * minute, reason });

describe('holding the ladder', () => {
  it('moves every rung that is still to come by the time it was held for', () => {
    const incident = anIncident('P1');
    incident.advance(20);
    expect(holdLadder(incident, 45).kind).toBe('accepted');
    incident.advance(180);
    expect(about(incident, 'escalation.reached')).toEqual([
      '0 escalation.reached on-call',
      '15 escalation.reached team-lead',
      '75 escalation.reached manager',
      '105 escalation.reached executive',
    ]);
  });

  it.each([
    ['longer', 40, '80 escalation.reached manager'],
    ['shorter', 10, '50 escalation.reached manager'],
  ])('again, for %s, counts from the new hold and not twice', (_, again, manager) => {
    const incident = anIncident('P1');
    incident.advance(20);
    holdLadder(incident, 30);
    incident.advance(30);
    holdLadder(incident, again);
    incident.advance(300);
    expect(about(incident, 'escalation.reached')[2]).toBe(manager);
  });

  it('holds back what was due before it as well, should the timers be late', () => {
    const incident = anIncident('P1');
    incident.advance(14);
    incident.sleepTo(incident.now() + 6 * minute);
    holdLadder(incident, 30);
    incident.advance(100);
    expect(about(incident, 'escalation.reached').slice(1)).toEqual([
      '50 escalation.reached team-lead',
      '60 escalation.reached manager (not-acknowledged)',
      '90 escalation.reached executive',
    ]);
  });

  it('outlives a change of the severity, whose ladder waits for its end', () => {
    const incident = anIncident('P2');
    incident.advance(10);
    holdLadder(incident, 30);
    incident.append(system, {
      type: 'severity.changed',
      payload: { from: 'P2', to: 'P1', reason: 'more', schedule: incident.scheduleNow('P1') },
    });
    incident.advance(200);
    expect(about(incident, 'escalation.reached')[0]).toBe('40 escalation.reached on-call');
    expect(about(incident, 'escalation.reached')[1]).toBe('55 escalation.reached team-lead');
  });

  it('keeps the overdue answer from calling anybody in, but not from being told', () => {
    const incident = anIncident();
    incident.advance(10);
    holdLadder(incident, 60);
    incident.advance(16);
    expect(incident.told(14)).toEqual(['15 response.overdue']);
  });

  it('is for the commander alone, with a reason and for a time', () => {
    const incident = anIncident();
    expect(holdLadder(incident, 10, RESPONDER)).toEqual(refused('not-commander'));
    expect(holdLadder(incident, 10, NOBODY)).toEqual(refused('not-permitted'));
    expect(holdLadder(incident, 10, COMMANDER, '  ')).toEqual(refused('missing-reason'));
    expect(holdLadder(incident, -10)).toEqual(refused('bad-parameter'));
    expect(holdLadder(incident, 0)).toEqual(refused('bad-parameter'));
    expect(incident.told()).toEqual([]);
  });

  it('is refused where nobody is left to call in', () => {
    expect(holdLadder(anIncident('P3'), 10)).toEqual(refused('nothing-to-hold'));
    const incident = anIncident('P1');
    incident.advance(60);
    expect(holdLadder(incident, 10)).toEqual(refused('nothing-to-hold'));
  });
});
