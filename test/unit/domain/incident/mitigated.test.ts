import { describe, expect, it } from 'vitest';
import type { WorkingStatus } from '../../../../src/domain/incident/events.ts';
import type { Severity } from '../../../../src/domain/severity.ts';
import { about, COMMANDER, RESPONDER } from '../../../support/incident-people.ts';
import { shippedTeam } from '../../../support/shipped-team.ts';
import { type SimulatedIncident, simulateIncident } from '../../../support/simulate-incident.ts';

const team = await shippedTeam();
const minute = 60_000;
const system = { kind: 'system', name: 'runs' } as const;

const anIncident = (severity: Severity = 'P0', services = ['shop']) =>
  simulateIncident({ team, severity, services, commander: COMMANDER.id });
const update = (incident: SimulatedIncident, status: WorkingStatus) =>
  incident.act(RESPONDER, { press: 'update', status, done: 'We looked', next: '', eta: '' });

describe('an answer that comes too late', () => {
  it('calls in the next rung at once, which is then not called in again at its time', () => {
    const incident = simulateIncident({
      team: {
        ...team,
        severities: { ...team.severities, P0: { ...team.severities.P0, respondWithin: 5 * minute } },
      },
      severity: 'P0',
    });
    incident.advance(29);
    expect(about(incident, 'escalation.reached')).toEqual([
      '0 escalation.reached on-call',
      '5 escalation.reached team-lead (not-acknowledged)',
    ]);
  });

  it('is no matter once somebody has acknowledged or given an update', () => {
    const incident = anIncident();
    incident.advance(14);
    update(incident, 'identified');
    incident.advance(20);
    expect(incident.told(14)).toEqual(['15 escalation.reached team-lead', '20 rollback.warned']);
  });
});

describe('the harm has stopped', () => {
  it('stops the ladder and the automatic rollback', () => {
    const incident = anIncident();
    incident.advance(16);
    update(incident, 'monitoring');
    incident.advance(240);
    expect(about(incident, 'escalation.reached')).toHaveLength(2);
    expect(about(incident, 'rollback.')).toEqual([]);
  });

  it('and is back: what stood still goes on where it was, with its warnings', () => {
    const incident = anIncident();
    incident.advance(16);
    update(incident, 'monitoring');
    incident.advance(60);
    update(incident, 'monitoring');
    incident.advance(116);
    update(incident, 'investigating');
    incident.advance(180);
    expect(about(incident, 'rollback.')).toEqual([
      '120 rollback.warned',
      '125 rollback.warned',
      '130 rollback.triggered',
    ]);
    expect(about(incident, 'escalation.reached').slice(2)).toEqual([
      '130 escalation.reached manager',
      '160 escalation.reached executive',
    ]);
  });

  it('and is back after the severity was raised meanwhile: all of its time is still to come', () => {
    const incident = anIncident('P1');
    incident.advance(16);
    update(incident, 'monitoring');
    incident.advance(20);
    incident.append(system, {
      type: 'severity.changed',
      payload: { from: 'P1', to: 'P0', reason: 'more', schedule: incident.scheduleNow('P0') },
    });
    incident.advance(80);
    update(incident, 'mitigating');
    incident.advance(200);
    expect(about(incident, 'rollback.')).toEqual([
      '100 rollback.warned',
      '105 rollback.warned',
      '110 rollback.triggered',
    ]);
  });
});
