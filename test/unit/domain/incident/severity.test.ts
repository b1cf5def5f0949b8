import { describe, expect, it } from 'vitest';
import type { Severity } from '../../../../src/domain/severity.ts';
import { about, RESPONDER, refused } from '../../../support/incident-people.ts';
import { shippedTeam } from '../../../support/shipped-team.ts';
import { type SimulatedIncident, simulateIncident } from '../../../support/simulate-incident.ts';

const team = await shippedTeam();
const day = 24 * 60;

const anIncident = (severity: Severity) => simulateIncident({ team, severity });
const changeTo = (incident: SimulatedIncident, to: Severity, reason = 'more users than we thought') =>
  incident.act(RESPONDER, { press: 'change-severity', to, reason });

describe('a severity that is raised', () => {
  it('has its own ladder from then on, and nobody is told twice', () => {
    const incident = anIncident('P2');
    incident.advance(61);
    changeTo(incident, 'P1');
    incident.advance(300);
    expect(about(incident, 'escalation.')).toEqual([
      '60 escalation.reached team-lead',
      '61 escalation.reached on-call',
      '91 escalation.reached manager',
      '121 escalation.reached executive (not-acknowledged)',
    ]);
  });

  it('to P0 gets an automatic rollback with its warnings, which goes when it is lowered', () => {
    const incident = anIncident('P1');
    incident.advance(40);
    changeTo(incident, 'P0');
    incident.advance(61);
    changeTo(incident, 'P1', 'a workaround holds');
    incident.advance(300);
    expect(about(incident, ' rollback.')).toEqual(['60 rollback.warned']);
    changeTo(incident, 'P0');
    incident.advance(400);
    expect(about(incident, ' rollback.').slice(1)).toEqual([
      '320 rollback.warned',
      '325 rollback.warned',
      '330 rollback.triggered',
    ]);
  });

  it('has somebody acknowledge within its own time, unless somebody has', () => {
    const incident = anIncident('P2');
    incident.advance(5);
    changeTo(incident, 'P0');
    incident.advance(20);
    expect(about(incident, 'response.')).toEqual(['20 response.overdue']);

    const known = anIncident('P2');
    known.act(RESPONDER, { press: 'acknowledge' });
    changeTo(known, 'P0');
    known.advance(240);
    expect(about(known, 'response.')).toEqual([]);
  });
});

describe('a severity that is lowered', () => {
  it('calls in nobody more, and asks for no decision that was for the old one', () => {
    const incident = anIncident('P1');
    incident.advance(16);
    changeTo(incident, 'P3');
    incident.advance(2 * day);
    expect(about(incident, 'escalation.')).toHaveLength(2);
    expect(about(incident, 'decision.')).toEqual([]);
  });
});

describe('a changed severity and the next update', () => {
  it('that was promised stays due where the new one leaves more time', () => {
    const updates = { every: day * 60_000, stakeholders: false };
    const daily = { ...team, severities: { ...team.severities, P3: { ...team.severities.P3, updates } } };
    const incident = simulateIncident({ team: daily, severity: 'P1' });
    incident.advance(26);
    changeTo(incident, 'P3');
    incident.advance(2 * day);
    expect(about(incident, ' update.').slice(0, 4)).toEqual([
      '25 update.asked',
      '30 update.missed',
      `${30 + day - 5} update.asked`,
      `${30 + day} update.missed`,
    ]);
  });

  it('is due no more where the new one wants none', () => {
    const incident = anIncident('P1');
    incident.advance(26);
    changeTo(incident, 'P3');
    incident.advance(2 * day);
    expect(about(incident, ' update.')).toEqual(['25 update.asked']);
  });

  it('is due sooner where the new one wants it sooner', () => {
    const incident = anIncident('P3');
    incident.advance(60);
    changeTo(incident, 'P1');
    incident.advance(90);
    expect(about(incident, ' update.')).toEqual(['85 update.asked', '90 update.missed']);
  });

  it('needs a reason and another severity', () => {
    const incident = anIncident('P1');
    expect(changeTo(incident, 'P1')).toEqual(refused('same-severity'));
    expect(changeTo(incident, 'P0', ' ')).toEqual(refused('missing-reason'));
  });
});
