import { expect, it } from 'vitest';
import { decideRollbackBlocked } from '../../../../src/domain/incident/rollback-blocked.ts';
import type { Team } from '../../../../src/domain/team/team.ts';
import { shippedTeam } from '../../../support/shipped-team.ts';
import { simulateIncident } from '../../../support/simulate-incident.ts';

const MINUTE = 60_000;
const SENIOR = { id: 'U0SENIOR', roles: ['admin'] };
const shipped = await shippedTeam();

const withLadder = (ladder: Team['severities']['P1']['ladder']): Team => ({
  ...shipped,
  severities: { ...shipped.severities, P1: { ...shipped.severities.P1, ladder } },
});

it('a role that is on the ladder twice is called in twice', () => {
  const ladder = [0, 20].map((after) => ({ role: 'on-call', after: after * MINUTE }));
  const incident = simulateIncident({ team: withLadder(ladder), severity: 'P1' });
  incident.advance(30);
  expect(incident.told().filter((line) => line.includes('escalation'))).toEqual([
    '0 escalation.reached on-call',
    '20 escalation.reached on-call',
  ]);
});

it('an automatic rollback that no service can have calls in one rung, not one for each service', () => {
  const services = ['shop', 'search', 'mail'];
  const incident = simulateIncident({ team: shipped, severity: 'P0', services });
  incident.advance(30);
  for (const service of [...services, ...services])
    incident.ask(SENIOR, (state) => decideRollbackBlocked(state, { service, why: 'a migration' }));
  expect(incident.told(29).slice(-4)).toEqual([
    '30 rollback.blocked',
    '30 escalation.reached executive (rollback-blocked)',
    '30 rollback.blocked',
    '30 rollback.blocked',
  ]);
});
