import { describe, expect, it } from 'vitest';
import type { Severity } from '../../../../src/domain/severity.ts';
import { about, COMMANDER, NOBODY, RESPONDER, refused } from '../../../support/incident-people.ts';
import { shippedTeam } from '../../../support/shipped-team.ts';
import { type SimulatedIncident, simulateIncident } from '../../../support/simulate-incident.ts';

const team = await shippedTeam();
const minute = 60_000;

const anIncident = (severity: Severity = 'P0') =>
  simulateIncident({ team, severity, services: ['shop'], commander: COMMANDER.id });
const holdRollback = (incident: SimulatedIncident) =>
  incident.act(RESPONDER, { press: 'hold-rollback', reason: 'a fix is on its way' });
const releaseRollback = (incident: SimulatedIncident, person = RESPONDER) =>
  incident.act(person, { press: 'release-rollback' });
const holdLadder = (incident: SimulatedIncident, minutes: number) =>
  incident.act(COMMANDER, { press: 'hold-ladder', forMs: minutes * minute, reason: 'all are here' });
const releaseLadder = (incident: SimulatedIncident, person = COMMANDER) =>
  incident.act(person, { press: 'release-ladder' });

describe('taking back the hold of the automatic rollback', () => {
  it.each([
    [
      'in good time: it starts at its time, with the warnings that are still to come',
      12,
      15,
      ['15 rollback.released', '20 rollback.warned', '25 rollback.warned', '30 rollback.triggered'],
    ],
    [
      'shortly before its time: it starts five minutes later',
      22,
      28,
      ['20 rollback.warned', '22 rollback.held', '28 rollback.released', '33 rollback.triggered'],
    ],
    [
      'long after its time: the same',
      12,
      300,
      ['12 rollback.held', '300 rollback.released', '305 rollback.triggered'],
    ],
  ])('%s', (_, held, released, expected) => {
    const incident = anIncident();
    incident.advance(held);
    holdRollback(incident);
    incident.advance(released);
    expect(releaseRollback(incident).kind).toBe('accepted');
    incident.advance(600);
    expect(about(incident, 'rollback.').slice(-expected.length)).toEqual(expected);
  });

  it('is for whoever may hold it, works once, and leaves it to be held again', () => {
    const incident = anIncident();
    expect(releaseRollback(incident)).toEqual(refused('nothing-to-release'));
    holdRollback(incident);
    expect(releaseRollback(incident, NOBODY)).toEqual(refused('not-permitted'));
    expect(releaseRollback(incident, COMMANDER).kind).toBe('accepted');
    expect(releaseRollback(incident)).toEqual(refused('nothing-to-release'));
    expect(holdRollback(incident).kind).toBe('accepted');
    incident.act(RESPONDER, { press: 'resolve', summary: 'Over' });
    expect(releaseRollback(incident)).toEqual(refused('incident-over'));
  });

  it('is refused where the harm has stopped, and where there was never one to hold', () => {
    const incident = anIncident();
    holdRollback(incident);
    incident.act(RESPONDER, { press: 'update', status: 'monitoring', done: 'Mended', next: '', eta: '' });
    expect(releaseRollback(incident)).toEqual(refused('nothing-to-release'));
    expect(releaseRollback(anIncident('P2'))).toEqual(refused('nothing-to-release'));
  });
});

describe('taking back the hold of the ladder', () => {
  it('lets it go on from now, as far apart as it was', () => {
    const incident = anIncident('P1');
    incident.advance(20);
    holdLadder(incident, 90);
    incident.advance(50);
    expect(releaseLadder(incident).kind).toBe('accepted');
    incident.advance(600);
    expect(about(incident, 'escalation.reached').slice(2)).toEqual([
      '60 escalation.reached manager (not-acknowledged)',
      '90 escalation.reached executive',
    ]);
  });

  it('calls nobody in at once, also where it was held with somebody overdue', () => {
    const incident = anIncident('P1');
    incident.advance(14);
    incident.sleepTo(incident.now() + 6 * minute);
    holdLadder(incident, 60);
    incident.advance(40);
    releaseLadder(incident);
    incident.advance(44);
    expect(about(incident, 'escalation.reached')).toHaveLength(1);
    incident.advance(45);
    expect(about(incident, 'escalation.reached')).toHaveLength(2);
  });

  it('takes back the hold of the ladder that came with another severity', () => {
    const incident = anIncident('P2');
    incident.advance(10);
    holdLadder(incident, 60);
    incident.append(
      { kind: 'system', name: 'runs' },
      {
        type: 'severity.changed',
        payload: { from: 'P2', to: 'P1', reason: 'more', schedule: incident.scheduleNow('P1') },
      },
    );
    incident.advance(20);
    releaseLadder(incident);
    incident.advance(50);
    expect(about(incident, 'escalation.reached')).toEqual([
      '25 escalation.reached on-call',
      '35 escalation.reached team-lead',
      '50 escalation.reached manager',
    ]);
  });

  it('is for the commander, works once, and is refused once the hold is over', () => {
    const incident = anIncident('P1');
    expect(releaseLadder(incident)).toEqual(refused('nothing-to-release'));
    holdLadder(incident, 30);
    expect(releaseLadder(incident, RESPONDER)).toEqual(refused('not-commander'));
    expect(releaseLadder(incident).kind).toBe('accepted');
    expect(releaseLadder(incident)).toEqual(refused('nothing-to-release'));
    holdLadder(incident, 5);
    incident.advance(5);
    expect(releaseLadder(incident)).toEqual(refused('nothing-to-release'));
  });
});
