import { describe, expect, it } from 'vitest';
import { IncidentRole } from '../../../../src/domain/incident/events.ts';
import type { Severity } from '../../../../src/domain/severity.ts';
import { about, FOUND_IT, NOBODY, RESPONDER, refused } from '../../../support/incident-people.ts';
import { shippedTeam } from '../../../support/shipped-team.ts';
import { simulateIncident } from '../../../support/simulate-incident.ts';

const team = await shippedTeam();
const day = 24 * 60;

const anIncident = (severity: Severity) => simulateIncident({ team, severity });

describe('roles', () => {
  it('that nobody has taken are asked for again once, after ten minutes', () => {
    const incident = anIncident('P1');
    incident.act(RESPONDER, { press: 'take-role', roles: { scribe: 'U0SCRIBE' } });
    incident.advance(600);
    const asked = incident.events().filter(({ type }) => type === 'roles.asked-again');
    expect(asked.map(({ payload }) => payload)).toEqual([
      { roles: ['commander', 'communications', 'subject-expert'] },
    ]);
  });

  it('are not asked for where all are taken', () => {
    const incident = anIncident('P1');
    for (const role of IncidentRole.options) {
      incident.act(RESPONDER, { press: 'take-role', roles: { [role]: 'U0ONE' } });
    }
    incident.advance(600);
    expect(about(incident, 'asked-again')).toEqual([]);
  });

  it('let the commander work on the incident, who held no role before', () => {
    const incident = simulateIncident({ team, severity: 'P1', commander: NOBODY.id });
    expect(incident.act(NOBODY, FOUND_IT).kind).toBe('accepted');
    expect(anIncident('P1').act(NOBODY, FOUND_IT)).toEqual(refused('not-permitted'));
  });

  it('can be handed on, but not taken twice by the same person', () => {
    const incident = anIncident('P1');
    const take = (user: string) =>
      incident.act(RESPONDER, { press: 'take-role', roles: { commander: user } });
    take('U0ONE');
    expect(take('U0ONE')).toEqual(refused('role-taken'));
    take('U0TWO');
    expect(incident.incident().roles.commander).toBe('U0TWO');
  });

  it('are given several at once, and nothing is told of one that stays', () => {
    const incident = anIncident('P1');
    incident.act(RESPONDER, { press: 'take-role', roles: { commander: 'U0ONE' } });
    const roles = { commander: 'U0ONE', scribe: 'U0TWO', communications: 'U0TWO' };
    incident.act(RESPONDER, { press: 'take-role', roles });
    const taken = incident.events().flatMap(({ type, payload }) => (type === 'role.taken' ? [payload] : []));
    expect(taken).toEqual([
      { role: 'commander', user: 'U0ONE' },
      { role: 'communications', user: 'U0TWO' },
      { role: 'scribe', user: 'U0TWO' },
    ]);
    expect(incident.incident().roles).toMatchObject(roles);
  });
});

describe('fix or roll back', () => {
  it('is asked once, and only where no rollback was asked for', () => {
    const alone = anIncident('P2');
    alone.advance(3 * day);
    expect(about(alone, 'decision.')).toEqual([`${day} decision.due`]);

    const rolledBack = anIncident('P2');
    rolledBack.append(
      { kind: 'system', name: 'runs' },
      { type: 'run.linked', payload: { run: 'RUN-1', service: 'shop', environment: null } },
    );
    rolledBack.advance(3 * day);
    expect(about(rolledBack, 'decision.')).toEqual([]);
  });
});

describe('acknowledging', () => {
  it('counts once, and says who has', () => {
    const incident = anIncident('P1');
    incident.act(RESPONDER, { press: 'acknowledge' });
    expect(incident.act({ id: 'U0TWO', roles: ['on-call'] }, { press: 'acknowledge' })).toEqual({
      kind: 'refused',
      refusal: { reason: 'already-acknowledged', by: { kind: 'user', id: RESPONDER.id } },
    });
  });
});
