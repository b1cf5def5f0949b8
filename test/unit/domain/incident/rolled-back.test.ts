import { describe, expect, it } from 'vitest';
import { decideVerified } from '../../../../src/domain/incident/rollback-verified.ts';
import type { Severity } from '../../../../src/domain/severity.ts';
import { about, COMMANDER, NOBODY, RESPONDER, refused } from '../../../support/incident-people.ts';
import { shippedTeam } from '../../../support/shipped-team.ts';
import { type SimulatedIncident, simulateIncident } from '../../../support/simulate-incident.ts';

const team = await shippedTeam();
const system = { kind: 'system', name: 'runs' } as const;

const anIncident = (severity: Severity = 'P0', services = ['shop']) =>
  simulateIncident({ team, severity, services, commander: COMMANDER.id });
const begin = (incident: SimulatedIncident, run: string, service = 'shop') => {
  incident.append(
    system,
    { type: 'run.linked', payload: { run, service, environment: null } },
    { type: 'run.began', payload: { run } },
  );
  tell(incident, run, service, false);
};
const tell = (incident: SimulatedIncident, run: string, service: string, proven: boolean) =>
  incident.append(system, ...decideVerified(incident.incident(), { run, service, proven }));
const end = (incident: SimulatedIncident, run: string, proven = true, service = 'shop') => {
  const status = proven ? 'succeeded' : 'failed';
  incident.append(system, { type: 'run.settled', payload: { run, status, proven, target: 'v1.3.0' } });
  tell(incident, run, service, proven);
};
const rolledBack = (incident: SimulatedIncident, run = 'RUN-1', service = 'shop') => {
  begin(incident, run, service);
  end(incident, run, true, service);
};
const press = (incident: SimulatedIncident, person = RESPONDER) =>
  incident.act(person, { press: 'set-monitoring' });
const update = (incident: SimulatedIncident, status: 'investigating' | 'monitoring') =>
  incident.act(RESPONDER, { press: 'update', status, done: 'We looked', next: '', eta: '' });
const isVerified = (incident: SimulatedIncident) => incident.incident().rolledBack !== null;

describe('a rollback that is proven', () => {
  it('stops the ladder, though nobody has said anything', () => {
    const incident = anIncident();
    incident.advance(16);
    rolledBack(incident);
    incident.advance(600);
    expect(about(incident, 'escalation.reached')).toEqual([
      '0 escalation.reached on-call',
      '15 escalation.reached team-lead (not-acknowledged)',
    ]);
    expect(about(incident, 'rollback.verified')).toEqual(['16 rollback.verified']);
  });

  it('keeps an answer that is overdue from calling anybody in', () => {
    const incident = anIncident();
    incident.advance(10);
    rolledBack(incident);
    incident.advance(20);
    expect(about(incident, 'response', 'escalation')).toEqual([
      '0 escalation.reached on-call',
      '15 response.overdue',
    ]);
  });

  it('says so only once everything that is hit is back', () => {
    const incident = anIncident('P0', ['shop', 'search']);
    rolledBack(incident);
    rolledBack(incident, 'RUN-2', 'mail');
    expect(isVerified(incident)).toBe(false);
    begin(incident, 'RUN-3', 'search');
    end(incident, 'RUN-3', false, 'search');
    expect(isVerified(incident)).toBe(false);
    rolledBack(incident, 'RUN-4', 'search');
    expect(isVerified(incident)).toBe(true);
  });

  it('counts for an incident that names no service, too', () => {
    const incident = anIncident('P0', []);
    rolledBack(incident);
    expect(isVerified(incident)).toBe(true);
  });

  it('is no matter where the harm has stopped, or it is over', () => {
    const incident = anIncident();
    begin(incident, 'RUN-1');
    update(incident, 'monitoring');
    end(incident, 'RUN-1');
    expect(isVerified(incident)).toBe(false);
  });

  it('of before a reopening proves nothing after it', () => {
    const incident = anIncident('P0', ['shop', 'search']);
    rolledBack(incident);
    rolledBack(incident, 'RUN-2', 'search');
    incident.act(RESPONDER, { press: 'resolve', summary: 'Rolled back' });
    incident.advance(60);
    incident.act(RESPONDER, { press: 'reopen', reason: 'it is back' });
    expect(isVerified(incident)).toBe(false);
    incident.advance(61);
    rolledBack(incident, 'RUN-3');
    expect(isVerified(incident)).toBe(false);
  });
});

describe('the ladder goes on where it stopped', () => {
  const LEFT = ['66 escalation.reached manager', '96 escalation.reached executive'];
  /** Verified at minute 20, taken up at minute 56: what was to come moves by 36 minutes. */
  const takenUpBy = (what: (incident: SimulatedIncident) => void) => {
    const incident = anIncident();
    incident.advance(20);
    rolledBack(incident);
    incident.advance(56);
    what(incident);
    incident.advance(600);
    return about(incident, 'escalation.reached').slice(2);
  };

  it.each([
    ['somebody says that it is not over', (i: SimulatedIncident) => void update(i, 'investigating')],
    ['another rollback begins', (i: SimulatedIncident) => begin(i, 'RUN-2')],
  ])('when %s', (_, what) => {
    expect(takenUpBy(what)).toEqual(LEFT);
  });

  it('and not for a rollback of something else, or one that nobody approved', () => {
    const told = takenUpBy((incident) => {
      begin(incident, 'RUN-2', 'mail');
      end(incident, 'RUN-2', false, 'mail');
      incident.append(system, {
        type: 'run.linked',
        payload: { run: 'RUN-3', service: 'shop', environment: null },
      });
      incident.append(system, {
        type: 'run.settled',
        payload: { run: 'RUN-3', status: 'denied', proven: false, target: 'v1.2.0' },
      });
    });
    expect(told).toEqual([]);
  });

  it('nor for late news of one that failed before', () => {
    expect(
      takenUpBy((incident) => {
        rolledBack(incident, 'RUN-2');
        tell(incident, 'RUN-1', 'shop', false);
      }),
    ).toEqual([]);
  });

  it('anew where the severity was raised, and not where it was lowered', () => {
    const raised = anIncident('P1');
    const change = (incident: SimulatedIncident, from: Severity, to: Severity) =>
      incident.append(system, {
        type: 'severity.changed',
        payload: { from, to, reason: 'more', schedule: incident.scheduleNow(to) },
      });
    rolledBack(raised);
    raised.advance(10);
    change(raised, 'P1', 'P0');
    raised.advance(30);
    expect(about(raised, 'escalation.reached').slice(1)).toEqual([
      '25 escalation.reached team-lead (not-acknowledged)',
    ]);
    const lowered = anIncident('P0');
    lowered.advance(1);
    rolledBack(lowered);
    lowered.advance(10);
    change(lowered, 'P0', 'P1');
    lowered.advance(30);
    update(lowered, 'investigating');
    lowered.advance(100);
    expect(about(lowered, 'escalation.reached').slice(1, 2)).toEqual(['45 escalation.reached team-lead']);
  });

  it('after it was monitored and the harm is back: by all the time that it stood still', () => {
    const incident = anIncident();
    incident.advance(20);
    rolledBack(incident);
    incident.advance(30);
    update(incident, 'monitoring');
    incident.advance(56);
    update(incident, 'investigating');
    incident.advance(600);
    expect(about(incident, 'escalation.reached').slice(2)).toEqual(LEFT);
  });
});

describe('setting it to monitoring', () => {
  it('is an update like any other, that says what is back', () => {
    const incident = anIncident();
    incident.advance(16);
    rolledBack(incident);
    incident.advance(18);
    expect(press(incident).kind).toBe('accepted');
    expect(incident.events().slice(-2)).toMatchObject([
      { type: 'incident.acknowledged' },
      {
        type: 'incident.updated',
        actor: { kind: 'user', id: RESPONDER.id },
        payload: {
          ...{
            status: 'monitoring',
            done: expect.stringMatching(/is back on v1\.3\.0, and all checks passed\.$/),
          },
          updateDueAt: '2026-01-07T03:48:00.000Z',
        },
      },
    ]);
    expect(isVerified(incident)).toBe(false);
  });

  it('is refused twice, where nothing is proven, where that holds no more, and once it is over', () => {
    const incident = anIncident();
    expect(press(incident)).toEqual(refused('not-rolled-back'));
    rolledBack(incident);
    expect(press(incident, NOBODY)).toEqual(refused('not-permitted'));
    press(incident);
    expect(press(incident)).toMatchObject({
      refusal: { reason: 'already-monitoring', by: { id: RESPONDER.id } },
    });
    update(incident, 'investigating');
    expect(press(incident)).toEqual(refused('not-rolled-back'));
    incident.act(RESPONDER, { press: 'resolve', summary: 'Over' });
    expect(press(incident)).toEqual(refused('incident-over'));
  });
});
