import { Team } from '../../src/domain/team/team.ts';

/** Who holds the roles of `incidentTeam`, and where it speaks. */
export const PEOPLE = {
  responder: 'U0RESPONDER',
  onCall: 'U0ONCALL',
  teamLead: 'U0TEAMLEAD',
  manager: 'U0MANAGER',
  approver: 'U0APPROVER',
  senior: 'U0SENIOR',
  stakeholderChannel: 'C0STAKEHOLDERS',
  incidentChannel: 'C0INCIDENTS',
} as const;

const LADDER = [
  { role: 'on-call', after: '0m' },
  { role: 'team-lead', after: '15m' },
  { role: 'manager', after: '30m' },
  { role: 'executive', after: '60m' },
];

/** A team with the severities of the runbooks; executives are a user group. */
export const incidentTeam: Team = Team.parse({
  channels: { incidents: PEOPLE.incidentChannel, stakeholders: PEOPLE.stakeholderChannel },
  roles: {
    responder: [PEOPLE.responder, PEOPLE.onCall],
    approver: [PEOPLE.approver, PEOPLE.senior],
    admin: [PEOPLE.approver, PEOPLE.senior],
    'senior-admin': [PEOPLE.senior],
    'on-call': [PEOPLE.onCall],
    'team-lead': [PEOPLE.teamLead],
    manager: [PEOPLE.manager],
    executive: ['S0EXECUTIVES'],
  },
  permissions: { request: ['responder'], decide: ['responder'], unlock: ['admin'], breakGlass: ['admin'] },
  severities: {
    P0: {
      title: 'Critical',
      criteria: 'More than half of the users are hit',
      respondWithin: '15m',
      approval: { roles: ['admin'] },
      rollback: { decision: 'automatic', after: '30m', warnAt: ['20m', '25m'] },
      ladder: LADDER,
      updates: { every: '30m', stakeholders: true },
    },
    P1: {
      title: 'High',
      criteria: 'Ten to fifty percent of the users are hit',
      respondWithin: '1h',
      approval: { roles: ['senior-admin'] },
      rollback: { decision: 'person' },
      ladder: LADDER,
      updates: { every: '30m', stakeholders: true },
    },
    P2: {
      title: 'Medium',
      criteria: 'Fewer than one user in ten is hit',
      respondWithin: '4h',
      approval: { roles: ['approver'], count: 2 },
      rollback: { decision: 'planned', within: '24h' },
      ladder: [{ role: 'team-lead', after: '60m' }],
    },
    P3: {
      title: 'Low',
      criteria: 'Hardly anybody notices',
      respondWithin: 'next-business-day',
      approval: { roles: ['approver'] },
      rollback: { decision: 'next-deployment' },
    },
  },
  services: {
    'web-shop': {
      title: 'Web shop',
      repository: 'https://git.example.com/shop.git',
      playbooks: ['roll-back'],
      environments: { production: {} },
    },
    search: {
      title: 'Search',
      repository: 'https://git.example.com/search.git',
      playbooks: ['roll-back'],
      environments: { production: {} },
    },
  },
});
