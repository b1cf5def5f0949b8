import { describe, expect, it } from 'vitest';
import { scheduleOf } from '../../../../src/domain/incident/schedule.ts';
import type { Severity } from '../../../../src/domain/severity.ts';
import type { Team } from '../../../../src/domain/team/team.ts';
import { shippedTeam } from '../../../support/shipped-team.ts';
import { simulateIncident } from '../../../support/simulate-incident.ts';

const team = await shippedTeam();
const inZone = (timeZone: string): Team => ({ ...team, businessHours: { ...team.businessHours, timeZone } });

const minute = 60_000;
const hour = 60 * minute;
const FULL_LADDER = [
  { role: 'on-call', after: 0 },
  { role: 'team-lead', after: 15 * minute },
  { role: 'manager', after: 30 * minute },
  { role: 'executive', after: 60 * minute },
];

const FRIDAY_EVENING = '2026-01-09T19:00:00.000Z';
const P0 = [
  '0 escalation.reached on-call',
  '10 roles.asked-again',
  '15 response.overdue',
  '15 escalation.reached team-lead (not-acknowledged)',
  '20 rollback.warned',
  '25 update.asked',
  '25 rollback.warned',
  '30 escalation.reached manager',
  '30 update.missed',
  '30 rollback.triggered',
  '55 update.asked',
  '60 escalation.reached executive',
  '60 update.missed',
];

const run = (severity: Severity, { at = FRIDAY_EVENING, policy = team, minutes = 60 } = {}) => {
  const incident = simulateIncident({ team: policy, severity, at });
  incident.advance(minutes);
  return incident;
};
const withoutUpdates = (told: readonly string[]) => told.filter((what) => !what.includes('update.'));

describe('the policy that Walkback comes with', () => {
  it('P0: any admin approves, and it is rolled back automatically after 30 minutes', () => {
    expect(team.severities.P0).toMatchObject({
      title: 'Critical',
      criteria: expect.stringMatching(/^Over half of the users/),
      respondWithin: 15 * minute,
      rollback: { decision: 'automatic', after: 30 * minute, warnAt: [20 * minute, 25 * minute] },
      approval: { roles: ['admin'], count: 1, requesterMayApprove: false },
      ladder: FULL_LADDER,
      updates: { every: 30 * minute, stakeholders: true },
      ownChannel: true,
    });
  });

  it('P1: a person decides, a senior admin approves', () => {
    expect(team.severities.P1).toMatchObject({
      title: 'High',
      criteria: expect.stringMatching(/^10 to 50% of the users/),
      respondWithin: hour,
      rollback: { decision: 'person' },
      approval: { roles: ['senior-admin'], count: 1, requesterMayApprove: false },
      ladder: FULL_LADDER,
      updates: { every: 30 * minute, stakeholders: true },
      ownChannel: true,
    });
  });

  it('P2: within 24 hours, by two people', () => {
    expect(team.severities.P2).toMatchObject({
      title: 'Medium',
      criteria: expect.stringMatching(/^Under 10% of the users/),
      respondWithin: 4 * hour,
      rollback: { decision: 'planned', within: 24 * hour },
      approval: { count: 2, requesterMayApprove: false },
      ladder: [{ role: 'team-lead', after: hour }],
      updates: { every: 30 * minute, stakeholders: false },
      ownChannel: false,
    });
  });

  it('P3: the next business day, with the next deployment, and nobody is called in', () => {
    expect(team.severities.P3).toMatchObject({
      title: 'Low',
      respondWithin: 'next-business-day',
      rollback: { decision: 'next-deployment' },
      ladder: [],
      updates: { stakeholders: false },
      ownChannel: false,
    });
  });

  it('has somebody in every role, and says who may respond and who may break the glass', () => {
    expect(Object.entries(team.roles).filter(([, people]) => people.length === 0)).toEqual([]);
    expect(team.permissions).toMatchObject({ breakGlass: ['senior-admin'] });
    expect(team.permissions.respond).toContain('on-call');
  });
});

describe('an incident that nobody looks at, minute by minute', () => {
  it('P0', () => {
    expect(run('P0').told()).toEqual(P0);
  });

  it('P1', () => {
    expect(run('P1').told()).toEqual([
      '0 escalation.reached on-call',
      '10 roles.asked-again',
      '15 escalation.reached team-lead',
      '25 update.asked',
      '30 escalation.reached manager',
      '30 update.missed',
      '55 update.asked',
      '60 response.overdue',
      '60 escalation.reached executive (not-acknowledged)',
      '60 update.missed',
    ]);
  });

  it('P2', () => {
    const { told } = run('P2', { minutes: 48 * 60 });
    expect(told().slice(0, 7)).toEqual([
      '10 roles.asked-again',
      '25 update.asked',
      '30 update.missed',
      '55 update.asked',
      '60 escalation.reached team-lead',
      '60 update.missed',
      '85 update.asked',
    ]);
    expect(withoutUpdates(told(60))).toEqual(['240 response.overdue', '1440 decision.due']);
    expect(told().filter((what) => what.endsWith('update.missed'))).toHaveLength(96);
  });

  it('P3: quiet from Friday evening to Monday at five, with no updates and no roles asked for', () => {
    const { told } = run('P3', { minutes: 4 * 24 * 60 });
    expect(told()).toEqual([`${(3 * 24 - 3) * 60} response.overdue`]);
  });
});

describe('over a change of the clocks', () => {
  const changes = [
    ['Europe/Zurich', 'spring', '2026-03-27T19:00:00.000Z', '2026-03-30T15:00:00.000Z'],
    ['Europe/Zurich', 'autumn', '2026-10-23T18:00:00.000Z', '2026-10-26T16:00:00.000Z'],
    ['America/New_York', 'spring', '2026-03-07T01:00:00.000Z', '2026-03-09T21:00:00.000Z'],
    ['America/New_York', 'autumn', '2026-10-31T00:00:00.000Z', '2026-11-02T22:00:00.000Z'],
  ] as const;

  it.each(changes)('%s in %s: the next business day ends by the clock on the wall', (zone, _, at, end) => {
    const incident = run('P3', { at, policy: inZone(zone), minutes: 4 * 24 * 60 });
    const overdue = incident.events().filter(({ type }) => type === 'response.overdue');
    expect(overdue.map((event) => event.at)).toEqual([end]);
  });

  it.each([
    ['Europe/Zurich', 'spring', '2026-03-29T00:45:00.000Z'],
    ['Europe/Zurich', 'autumn', '2026-10-25T00:45:00.000Z'],
    ['America/New_York', 'spring', '2026-03-08T06:45:00.000Z'],
    ['America/New_York', 'autumn', '2026-11-01T05:45:00.000Z'],
  ])('%s in %s: thirty minutes stay thirty minutes', (zone, _, at) => {
    expect(run('P0', { at, policy: inZone(zone) }).told()).toEqual(P0);
  });

  it.each(changes)('%s in %s: 24 hours stay 24 hours', (zone, _, at) => {
    const from = Date.parse(at) + 24 * hour;
    const { decideBy } = scheduleOf(inZone(zone), 'P2', from);
    expect(Date.parse(decideBy ?? '')).toBe(from + 24 * hour);
  });
});
