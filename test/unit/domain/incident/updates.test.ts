import { describe, expect, it } from 'vitest';
import type { Severity } from '../../../../src/domain/severity.ts';
import { about, FOUND_IT, RESPONDER, refused } from '../../../support/incident-people.ts';
import { shippedTeam } from '../../../support/shipped-team.ts';
import { simulateIncident } from '../../../support/simulate-incident.ts';

const team = await shippedTeam();

const anIncident = (severity: Severity) => simulateIncident({ team, severity });

describe('updates', () => {
  it('given early move the next one, and nobody is asked for the old one', () => {
    const incident = anIncident('P1');
    incident.advance(12);
    incident.act(RESPONDER, FOUND_IT);
    incident.advance(45);
    expect(about(incident, ' update.', 'incident.updated')).toEqual([
      '12 incident.updated',
      '37 update.asked',
      '42 update.missed',
    ]);
    expect(incident.incident().lastUpdate).toMatchObject({ done: 'Found it', by: { id: RESPONDER.id } });
  });

  it('given after somebody was asked count as well', () => {
    const incident = anIncident('P1');
    incident.advance(29);
    incident.act(RESPONDER, FOUND_IT);
    incident.advance(58);
    expect(about(incident, ' update.')).toEqual(['25 update.asked', '54 update.asked']);
  });

  it('missed while Walkback was down are one, and the next is due a whole time later', () => {
    const incident = anIncident('P1');
    incident.outage(200);
    expect(about(incident, ' update.')).toEqual(['200 update.missed']);
    expect(incident.incident().updateDueAt).toBe(new Date(incident.now() + 30 * 60_000).toISOString());
  });

  it('missed by a minute keep the beat', () => {
    const incident = anIncident('P1');
    incident.outage(31);
    incident.advance(60);
    expect(about(incident, ' update.')).toEqual(['31 update.missed', '55 update.asked', '60 update.missed']);
  });

  it('without a word of what was done are refused', () => {
    const empty = { press: 'update', status: 'identified', done: ' ', next: '', eta: '' } as const;
    expect(anIncident('P1').act(RESPONDER, empty)).toEqual(refused('missing-reason'));
  });

  it('asked for half-way where they are due every few minutes', () => {
    const often = { ...team.severities.P1, updates: { every: 4 * 60_000, stakeholders: false } };
    const policy = { ...team, severities: { ...team.severities, P1: often } };
    const incident = simulateIncident({ team: policy, severity: 'P1' });
    incident.advance(4);
    expect(about(incident, ' update.')).toEqual(['2 update.asked', '4 update.missed']);
  });
});

describe('an automatic rollback after an outage', () => {
  it('starts once, late, and one warning stands for those that were missed', () => {
    const warned = anIncident('P0');
    warned.outage(26);
    warned.advance(60);
    expect(about(warned, ' rollback.')).toEqual(['26 rollback.warned', '30 rollback.triggered']);

    const late = anIncident('P0');
    late.advance(21);
    late.outage(45);
    expect(about(late, ' rollback.')).toEqual(['20 rollback.warned', '45 rollback.triggered']);
  });
});
