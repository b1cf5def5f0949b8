import { describe, expect, it } from 'vitest';
import { decideRollbackBlocked } from '../../../../src/domain/incident/rollback-blocked.ts';
import type { Severity } from '../../../../src/domain/severity.ts';
import { ADMIN, about, COMMANDER, NOBODY, RESPONDER, refused } from '../../../support/incident-people.ts';
import { shippedTeam } from '../../../support/shipped-team.ts';
import { type SimulatedIncident, simulateIncident } from '../../../support/simulate-incident.ts';

const team = await shippedTeam();
const system = { kind: 'system', name: 'runs' } as const;

const anIncident = (severity: Severity = 'P0', services = ['shop']) =>
  simulateIncident({ team, severity, services, commander: COMMANDER.id });
const holdRollback = (incident: SimulatedIncident, person = RESPONDER, reason = 'a fix is on its way') =>
  incident.act(person, { press: 'hold-rollback', reason });
const goNow = (incident: SimulatedIncident, person = ADMIN) => incident.act(person, { press: 'roll-back' });
const link = (incident: SimulatedIncident, run: string, service = 'shop') =>
  incident.append(system, { type: 'run.linked', payload: { run, service, environment: null } });
const settle = (incident: SimulatedIncident, run: string, status: string) =>
  incident.append(system, {
    type: 'run.settled',
    payload: { run, status, proven: status === 'succeeded', target: '' },
  });

describe('holding the automatic rollback', () => {
  it('stops it and its warnings, until somebody presses Roll back', () => {
    const incident = anIncident();
    incident.advance(22);
    expect(holdRollback(incident).kind).toBe('accepted');
    incident.advance(600);
    expect(about(incident, 'rollback.')).toEqual(['20 rollback.warned', '22 rollback.held']);
    expect(goNow(incident).kind).toBe('accepted');
    expect(incident.events().at(-1)).toMatchObject({
      type: 'rollback.triggered',
      payload: { rule: 'go-now' },
      actor: { kind: 'user', id: ADMIN.id },
    });
    expect(goNow(incident)).toEqual(refused('nothing-to-start'));
  });

  it('needs a reason and a person who may respond, and works once', () => {
    const incident = anIncident();
    expect(holdRollback(incident, RESPONDER, '')).toEqual(refused('missing-reason'));
    expect(holdRollback(incident, NOBODY)).toEqual(refused('not-permitted'));
    expect(holdRollback(incident, COMMANDER).kind).toBe('accepted');
    expect(holdRollback(incident)).toEqual(refused('nothing-to-hold'));
    expect(holdRollback(anIncident('P1'))).toEqual(refused('nothing-to-hold'));
  });

  it('comes too late at the minute of the start', () => {
    const incident = anIncident();
    incident.advance(30);
    expect(holdRollback(incident)).toEqual(refused('nothing-to-hold'));
  });
});

describe('Roll back', () => {
  it('starts it before its time, and the clock then starts nothing more', () => {
    const incident = anIncident();
    incident.advance(3);
    goNow(incident);
    incident.advance(120);
    expect(about(incident, 'rollback.')).toEqual(['3 rollback.triggered']);
  });

  it('is for those who may approve', () => {
    const incident = anIncident();
    expect(goNow(incident, COMMANDER)).toEqual(refused('not-permitted'));
    expect(goNow(incident, RESPONDER)).toEqual(refused('not-permitted'));
    expect(goNow(anIncident('P1'), { id: 'U0SENIOR', roles: ['senior-admin'] })).toEqual(
      refused('nothing-to-start'),
    );
  });

  it('names the run that is on it already, unless there are other services to roll back', () => {
    const one = anIncident();
    link(one, 'RUN-1');
    expect(goNow(one)).toEqual({ kind: 'refused', refusal: { reason: 'already-started', run: 'RUN-1' } });
    const two = anIncident('P0', ['shop', 'search']);
    link(two, 'RUN-1');
    expect(goNow(two).kind).toBe('accepted');
  });
});

describe('the automatic rollback and other rollbacks', () => {
  it.each([
    ['runs', undefined],
    ['has succeeded', 'succeeded'],
  ])('makes way for one that %s', (_, status) => {
    const incident = anIncident();
    link(incident, 'RUN-1');
    if (status) settle(incident, 'RUN-1', status);
    incident.advance(31);
    expect(about(incident, 'rollback.').at(-1)).toBe('30 rollback.stood-down');
  });

  it('does not make way while another service is still to be rolled back', () => {
    const incident = anIncident('P0', ['shop', 'search']);
    link(incident, 'RUN-1');
    incident.advance(31);
    expect(about(incident, 'rollback.').at(-1)).toBe('30 rollback.triggered');
  });

  it.each(['failed', 'denied', 'expired', 'cancelled'])(
    'starts after one that ended as %s before',
    (status) => {
      const incident = anIncident();
      link(incident, 'RUN-1');
      settle(incident, 'RUN-1', status);
      incident.advance(31);
      expect(about(incident, 'rollback.').at(-1)).toBe('30 rollback.triggered');
    },
  );

  it('starts late where nobody approved in time what it had made way for', () => {
    const incident = anIncident();
    link(incident, 'RUN-1');
    incident.advance(40);
    settle(incident, 'RUN-1', 'expired');
    incident.advance(41);
    expect(about(incident, 'rollback.').slice(-2)).toEqual([
      '30 rollback.stood-down',
      '40 rollback.triggered',
    ]);
  });

  it('stays away where a person decided against what it had made way for', () => {
    const incident = anIncident();
    link(incident, 'RUN-1');
    incident.advance(40);
    settle(incident, 'RUN-1', 'denied');
    incident.advance(120);
    expect(about(incident, 'rollback.').at(-1)).toBe('30 rollback.stood-down');
  });

  it('that needs a person asks the next rung at once, and says why', () => {
    const incident = anIncident();
    incident.advance(30);
    incident.ask(ADMIN, (state) => decideRollbackBlocked(state, { service: 'shop', why: 'a migration' }));
    expect(incident.told(29).slice(-2)).toEqual([
      '30 rollback.blocked',
      '30 escalation.reached executive (rollback-blocked)',
    ]);
    incident.advance(120);
    expect(about(incident, 'escalation.reached')).toHaveLength(4);
  });
});
