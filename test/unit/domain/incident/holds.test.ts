import { describe, expect, it } from 'vitest';
import type { Person } from '../../../../src/domain/actor.ts';
import type { WorkingStatus } from '../../../../src/domain/incident/events.ts';
import {
  decideGoNow,
  decideHoldLadder,
  decideHoldRollback,
  decideRollbackBlocked,
  decideUpdate,
} from '../../../../src/domain/incident/may-work.ts';
import type { Severity } from '../../../../src/domain/severity.ts';
import { shippedTeam } from '../../../support/shipped-team.ts';
import { type SimulatedIncident, simulateIncident } from '../../../support/simulate-incident.ts';

const team = await shippedTeam();
const COMMANDER: Person = { id: 'U0COMMANDER', roles: [] };
const RESPONDER: Person = { id: 'U0RESPONDER', roles: ['responder'] };
const ADMIN: Person = { id: 'U0ADMIN', roles: ['admin'] };
const NOBODY: Person = { id: 'U0NOBODY', roles: [] };
const minute = 60_000;

const anIncident = (severity: Severity = 'P0', services = ['shop']) =>
  simulateIncident({ team, severity, services, commander: COMMANDER.id });
const holdLadder = (
  incident: SimulatedIncident,
  minutes: number,
  person = COMMANDER,
  reason = 'all are here',
) =>
  incident.ask(person, (state, asking) =>
    decideHoldLadder(state, { ...asking, forMs: minutes * minute, reason }),
  );
const holdRollback = (incident: SimulatedIncident, person = RESPONDER, reason = 'a fix is on its way') =>
  incident.ask(person, (state, asking) => decideHoldRollback(state, { ...asking, reason }));
const goNow = (incident: SimulatedIncident, person = ADMIN) =>
  incident.ask(person, (state, asking) =>
    decideGoNow(state, { ...asking, mayApprove: team.severities[state.severity].approval.roles }),
  );
const update = (incident: SimulatedIncident, status: WorkingStatus) =>
  incident.ask(RESPONDER, (state, asking) =>
    decideUpdate(state, { ...asking, status, done: 'We looked', next: '', eta: '' }),
  );
const system = { kind: 'system', name: 'runs' } as const;
const link = (incident: SimulatedIncident, run: string, service = 'shop') =>
  incident.append(system, { type: 'run.linked', payload: { run, service } });
const settle = (incident: SimulatedIncident, run: string, status: string) =>
  incident.append(system, { type: 'run.settled', payload: { run, status } });

const about = (incident: SimulatedIncident, what: 'escalation.reached' | 'rollback.') =>
  incident.told().filter((line) => line.includes(` ${what}`));
const refused = (reason: string) => ({ kind: 'refused', refusal: expect.objectContaining({ reason }) });

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

describe('holding the automatic rollback', () => {
  it('stops it and its warnings, until somebody presses Go now', () => {
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

describe('Go now', () => {
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
